using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Import;

/// <summary>
/// Takes in properties. The external id says which house a row is about; a row with a sale date is also a sale, and leaves a valuation: a
/// house sold twice is one property with two of them, at the price of the latest.
/// </summary>
internal sealed class PropertyImporter(
    PropertiesDb db, IOrganizationDirectory organizations, ISuppressionList suppressions, IValidator<CreatePropertyRequest> newRules,
    IValidator<UpdatePropertyRequest> changeRules, TimeProvider clock) : IRowImporter, IMissingRecords
{
    public string Entity => "properties";

    public IReadOnlyList<ImportMember> Members => PropertyColumns.All;

    public string KeyMember => PropertyColumns.ExternalId;

    public (string Create, string Update) Permissions => (PropertiesPermissions.Create, PropertiesPermissions.Update);

    public IReadOnlySet<string> Shown { get; } = ImportMembers.NamesOf<PropertyResponse>();

    public string? Fallback(string member, IReadOnlySet<string> mapped) => PropertyColumns.Fallback(member, mapped);

    public async Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct)
    {
        var defaults = await organizations.DefaultsAsync(ct);
        var (cards, ours) = await KnownAsync(rows, ct);
        var people = new StaffOfRows(organizations, "assigned_user_id");
        var batch = new PropertyBatch(db, run, clock.Now());
        var refusals = new Refusals(suppressions, ConsentColumns.Note);
        var outcomes = new RowOutcome[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var key = rows[i].Text(PropertyColumns.ExternalId);
            var own = rows[i].Text(ImportMember.OwnId);
            var card = own is not null ? OwnId(rows[i]) is { } id ? ours.GetValueOrDefault(id) : null
                : key is null ? null : cards.GetValueOrDefault(key);
            var (sale, errors) = RowReader.Read<SaleFields>(rows[i].Body, null);
            PropertyFields fields;
            (fields, var faults) = card is null ? Read(rows[i].ForNew, newRules) : Read(rows[i].Body, changeRules);
            errors.AddRange(faults);
            var refused = ConsentColumns.Refused(rows[i].Body, errors);
            if (own is not null && card is null)
                errors.Add(FieldError.Format(ImportMember.OwnId,
                    "names no property of the organization; with mapping {\"id\": null} the rows are new ones"));
            if (card is { IsNew: false } && !MayChange(card.Property, run))
                errors.Add(FieldError.Format("external_id", "belongs to a property that you may not change"));
            if (await people.FaultOfAsync(fields.TeamId, fields.AssignedUserId, ct) is { } stranger) errors.Add(stranger);
            if (errors.Count == 0 && card is not null && card.FaultOfMove(fields.CurrentStage) is { } illegal) errors.Add(illegal);
            if (errors.Count > 0)
            {
                outcomes[i] = RowOutcome.Failed(errors);
                continue;
            }
            var isNew = card is null;
            if (card is null)
            {
                card = new PropertyCard(new Property { Currency = run.Currency ?? defaults.Currency,
                    Country = defaults.Country }) { IsNew = true };
                if (key is not null) cards[key] = card;
            }
            var changed = batch.Take(card, fields, sale.SaleDate);
            refusals.Take(refused, EmailAddress.Normalise(card.Property.OwnerEmail),
                PhoneNumber.Normalise(card.Property.OwnerPhone, defaults.Country));
            outcomes[i] = isNew ? RowState.Inserted : changed ? RowState.Updated : RowState.Unchanged;
        }
        await batch.SaveAsync(ct);
        await refusals.SaveAsync(ct);
        return outcomes;
    }

    public async Task<IReadOnlyList<string>> FindAsync(Func<string, bool> isInFile, bool close, ImportRun run, CancellationToken ct)
    {
        PropertyStatus[] open = [PropertyStatus.Available, PropertyStatus.Pending];
        var known = await db.Properties.AsNoTracking().Where(p => p.ExternalId != null && open.Contains(p.Status)).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.ExternalId, p.AssignedUserId, p.CreatedBy }).ToListAsync(ct);
        var missing = known.Where(p => !isInFile(p.ExternalId!) && MayChange(p.AssignedUserId, p.CreatedBy, run))
            .Select(p => p.Id).ToList();
        if (!close) return missing.ConvertAll(id => id.Reference());
        foreach (var ids in missing.Chunk(500))
        {
            foreach (var property in await db.Properties.Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            {
                property.Status = PropertyStatus.OffMarket;
                db.AddTimeline(property, "off_market", "Taken Off The Market", "A file of all listings did not name it any more");
                db.Raise(() => new PropertyUpdated(property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage, run.UserId,
                    ["status"]));
            }
            await db.SaveChangesAsync(ct);
        }
        return missing.ConvertAll(id => id.Reference());
    }

    private static (PropertyFields, List<FieldError>) Read<T>(JsonElement row, IValidator<T> rules) where T : PropertyFields =>
        RowReader.Read(row, rules);

    private static bool MayChange(Property property, ImportRun run) => MayChange(property.AssignedUserId, property.CreatedBy, run);

    private static bool MayChange(UserId? assignee, UserId? author, ImportRun run) => run.MayChange switch
    {
        ChangeScope.All => true,
        ChangeScope.Own => assignee == run.UserId || author == run.UserId,
        _ => false,
    };

    /// <summary>The houses that the rows name and that are here already, with the sales known of them: two statements a batch.</summary>
    private async Task<(Dictionary<string, PropertyCard> ByKey, Dictionary<PropertyId, PropertyCard> ById)> KnownAsync(
        IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var keys = rows.Select(r => r.Text(PropertyColumns.ExternalId)).OfType<string>().Distinct().ToArray();
        var own = rows.Select(OwnId).OfType<PropertyId>().Distinct().ToArray();
        var known = keys.Length + own.Length == 0 ? []
            : await db.Properties.Where(p => keys.Contains(p.ExternalId) || own.Contains(p.Id)).ToListAsync(ct);
        var byId = known.ToDictionary(p => p.Id, p => new PropertyCard(p));
        var cards = known.Where(p => p.ExternalId is not null).ToDictionary(p => p.ExternalId!, p => byId[p.Id], StringComparer.Ordinal);
        if (known.Count == 0) return (cards, byId);
        var ids = known.ConvertAll(p => p.Id);
        var sales = await db.Valuations.AsNoTracking().Where(v => v.Source == PropertyCard.SaleSource && ids.Contains(v.PropertyId))
            .Select(v => new { v.PropertyId, v.ValuationDate, v.Value }).ToListAsync(ct);
        foreach (var sale in sales) byId[sale.PropertyId].KnownSales.Add((sale.ValuationDate, sale.Value));
        return (cards, byId);
    }

    private static PropertyId? OwnId(ImportRow row) => PropertyId.TryParse(row.Text(ImportMember.OwnId), null, out var id) ? id : null;
}

/// <summary>What a row says beyond the members of a property.</summary>
public sealed record SaleFields
{
    /// <summary>The day of a sale at <c>price</c>.</summary>
    public DateOnly? SaleDate { get; init; }
}
