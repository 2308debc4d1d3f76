using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Import;

/// <summary>
/// Takes in properties. The external id says which house a row is about; a row with a sale date is also a sale, and leaves a valuation: a house
/// sold twice is one property with two of them, at the price of the latest.
/// </summary>
internal sealed class PropertyImporter(
    PropertiesDb db, IOrganizationDirectory organizations, IValidator<CreatePropertyRequest> newRules, IValidator<UpdatePropertyRequest> changeRules, TimeProvider clock) : IRowImporter
{
    public string Entity => "properties";

    public IReadOnlyList<ImportMember> Members => PropertyColumns.All;

    public string KeyMember => PropertyColumns.ExternalId;

    public (string Create, string Update) Permissions => (PropertiesPermissions.Create, PropertiesPermissions.Update);

    public string? Fallback(string member, IReadOnlySet<string> mapped) => PropertyColumns.Fallback(member, mapped);

    public async Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct)
    {
        var defaults = await organizations.DefaultsAsync(ct);
        var cards = await KnownAsync(rows, ct);
        var people = new StaffOfRows(organizations, "assigned_user_id");
        var batch = new PropertyBatch(db, run, clock.Now());
        var outcomes = new RowOutcome[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var key = rows[i].Text(PropertyColumns.ExternalId);
            var card = key is null ? null : cards.GetValueOrDefault(key);
            var (sale, errors) = RowReader.Read<SaleFields>(rows[i].Body, null);
            PropertyFields fields;
            (fields, var faults) = card is null ? Read(rows[i].ForNew, newRules) : Read(rows[i].Body, changeRules);
            errors.AddRange(faults);
            if (card is { IsNew: false } && !MayChange(card.Property, run)) errors.Add(FieldError.Format("external_id", "belongs to a property that you may not change"));
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
                card = new PropertyCard(new Property { Currency = run.Currency ?? defaults.Currency, Country = defaults.Country }) { IsNew = true };
                if (key is not null) cards[key] = card;
            }
            var changed = batch.Take(card, fields, sale.SaleDate);
            outcomes[i] = isNew ? RowState.Inserted : changed ? RowState.Updated : RowState.Unchanged;
        }
        await batch.SaveAsync(ct);
        return outcomes;
    }

    private static (PropertyFields, List<FieldError>) Read<T>(JsonElement row, IValidator<T> rules) where T : PropertyFields => RowReader.Read(row, rules);

    private static bool MayChange(Property property, ImportRun run) => run.MayChange switch
    {
        ChangeScope.All => true,
        ChangeScope.Own => property.AssignedUserId == run.UserId || property.CreatedBy == run.UserId,
        _ => false,
    };

    /// <summary>The houses that the rows name and that are here already, with the sales known of them: two statements a batch.</summary>
    private async Task<Dictionary<string, PropertyCard>> KnownAsync(IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var keys = rows.Select(r => r.Text(PropertyColumns.ExternalId)).OfType<string>().Distinct().ToArray();
        var known = keys.Length == 0 ? [] : await db.Properties.Where(p => keys.Contains(p.ExternalId)).ToListAsync(ct);
        var cards = known.ToDictionary(p => p.ExternalId!, p => new PropertyCard(p), StringComparer.Ordinal);
        if (known.Count == 0) return cards;
        var ids = known.ConvertAll(p => p.Id);
        var sales = await db.Valuations.AsNoTracking().Where(v => v.Source == PropertyCard.SaleSource && ids.Contains(v.PropertyId))
            .Select(v => new { v.PropertyId, v.ValuationDate, v.Value }).ToListAsync(ct);
        var byId = known.ToDictionary(p => p.Id, p => cards[p.ExternalId!]);
        foreach (var sale in sales) byId[sale.PropertyId].KnownSales.Add((sale.ValuationDate, sale.Value));
        return cards;
    }
}

/// <summary>What a row says beyond the members of a property.</summary>
public sealed record SaleFields
{
    /// <summary>The day of a sale at <c>price</c>.</summary>
    public DateOnly? SaleDate { get; init; }
}
