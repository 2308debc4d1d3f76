using System.Globalization;
using System.Text.Json;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Imports;

/// <summary>The fields that come beside the file.</summary>
internal sealed class ImportForm(IReadOnlyDictionary<string, string> fields)
{
    private readonly List<FieldError> errors = [];

    public bool DryRun { get; private set; }

    public IRowImporter Importer { get; private set; } = null!;

    public ImportSettings Settings { get; private set; } = null!;

    /// <summary>Reads all fields; whatever is wrong with them comes back at once.</summary>
    public static ImportForm Read(IReadOnlyDictionary<string, string> fields, bool hasFile, IEnumerable<IRowImporter> importers,
        CurrentUser user)
    {
        var form = new ImportForm(fields);
        if (!hasFile) form.errors.Add(FieldError.Missing("file"));
        form.ReadEntity([.. importers]);
        form.DryRun = form.Flag("dry_run");
        var mapping = form.Texts("mapping");
        var defaults = form.Texts("defaults").Where(d => d.Value is not null).ToDictionary(d => d.Key, d => d.Value!);
        var values = form.ValueMap();
        var currency = form.Currency();
        var order = form.DateOrder();
        var missing = form.Choice<MissingRecords>("missing");
        var (onDuplicate, startSequences) = (form.Choice<OnDuplicate>("on_duplicate"), form.Flag("start_sequences", otherwise: true));
        if (form.errors.Count > 0) throw Problem.Invalid(form.errors);
        var (create, update) = form.Importer.Permissions;
        if (!user.May(create)) throw Problem.Forbidden(create);
        var (mayChange, mayAssign) = (ScopeOf(user, update),
            form.Importer.AssignPermission is { } assign ? ScopeOf(user, assign) : ChangeScope.All);
        form.Settings = new ImportSettings(mapping, defaults, order, new ImportRun(user.Id, user.Principal.TeamId, currency,
            mayChange) { MayAssign = mayAssign, OnDuplicate = onDuplicate, StartSequences = startSequences })
        {
            ValueMap = values, Missing = missing,
        };
        var faults = form.Settings.Faults(form.Importer).ToList();
        return faults.Count == 0 ? form : throw Problem.Invalid(faults);
    }

    private void ReadEntity(IRowImporter[] importers)
    {
        var name = fields.GetValueOrDefault("entity") ?? fields.GetValueOrDefault("table");
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(FieldError.Missing("entity"));
            return;
        }
        Importer = importers.FirstOrDefault(i => i.Entity == name.Trim().ToLowerInvariant())!;
        if (Importer is null)
            errors.Add(FieldError.Format("entity",
                $"must be one of {string.Join(", ", importers.Select(i => i.Entity).Order(StringComparer.Ordinal))}"));
    }

    private static ChangeScope ScopeOf(CurrentUser user, string permission) =>
        user.OnlyOwn(permission) ? ChangeScope.Own : user.May(permission) ? ChangeScope.All : ChangeScope.None;

    private bool Flag(string name, bool otherwise = false)
    {
        if (!fields.TryGetValue(name, out var text) || text.Length == 0) return otherwise;
        if (text.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on") return true;
        if (text.Trim().ToLowerInvariant() is not ("false" or "0" or "no" or "off"))
            errors.Add(FieldError.Format(name, "must be true or false"));
        return false;
    }

    private Dictionary<string, string?> Texts(string name)
    {
        var texts = new Dictionary<string, string?>();
        if (!fields.TryGetValue(name, out var json) || string.IsNullOrWhiteSpace(json)) return texts;
        try
        {
            foreach (var member in JsonElement.Parse(json).EnumerateObject())
                texts[member.Name] = member.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => member.Value.GetString(),
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.Value.GetRawText(),
                    _ => throw new InvalidOperationException(),
                };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            errors.Add(FieldError.Format(name, "must be a JSON object of texts"));
        }
        return texts;
    }

    private Dictionary<string, Dictionary<string, string?>> ValueMap()
    {
        var map = new Dictionary<string, Dictionary<string, string?>>();
        if (!fields.TryGetValue("value_map", out var json) || string.IsNullOrWhiteSpace(json)) return map;
        try
        {
            foreach (var member in JsonElement.Parse(json).EnumerateObject())
                map[member.Name] = member.Value.EnumerateObject().GroupBy(v => v.Name.Trim().ToLowerInvariant()).ToDictionary(
                    g => g.Key, g => g.Last().Value.ValueKind == JsonValueKind.Null ? null : g.Last().Value.ToString());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            errors.Add(FieldError.Format("value_map", "must be a JSON object of objects: {\"status\": {\"Under Offer\": \"pending\"}}"));
        }
        return map;
    }

    // The first of its words where nothing is said.
    private T Choice<T>(string name) where T : struct, Enum
    {
        var text = fields.GetValueOrDefault(name, "").Trim().ToLowerInvariant();
        if (Vocabulary.TryRead<T>(text, out var way) || text.Length == 0) return way;
        errors.Add(FieldError.Format(name, Vocabulary.Explain(typeof(T))));
        return default;
    }

    private string? Currency()
    {
        if (!fields.TryGetValue("currency", out var text) || text.Length == 0) return null;
        var code = text.Trim().ToUpperInvariant();
        if (Currencies.IsKnown(code)) return code;
        errors.Add(FieldError.Format("currency", "must be an ISO 4217 code such as AED"));
        return null;
    }

    private DateOrder DateOrder()
    {
        var text = fields.GetValueOrDefault("date_order", "").Trim().ToLower(CultureInfo.InvariantCulture);
        if (text.Length == 0) return Reading.DateOrder.Unsaid;
        if (Vocabulary.TryRead<DateOrder>(text, out var order)) return order;
        errors.Add(FieldError.Format("date_order", Vocabulary.Explain(typeof(DateOrder))));
        return Reading.DateOrder.Unsaid;
    }
}
