using System.Globalization;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Workflows.Packages;

/// <summary>
/// Reads what somebody gave a package: types, what is missing, what is not known, records that must be there. All faults at once, as
/// WF_002.
/// </summary>
internal sealed class ParameterReader(IPropertyReader properties, ILeadReader leads, IClientReader clients,
    IOrganizationDirectory organizations)
{
    /// <summary>What every package takes beside its own.</summary>
    private static readonly PackageParameter[] Always =
    [
        new() { Name = "priority", Type = ParameterType.Text, Choices = ["low", "normal", "high", "urgent"] },
        new() { Name = "rush_delivery", Type = ParameterType.Boolean },
    ];

    public async Task<(JsonElement Parameters, JsonElement Customizations)> ReadAsync(
        PackageDefinition package, JsonElement? parameters, JsonElement? customizations, CancellationToken ct)
    {
        var faults = new List<FieldError>();
        var given = Read(package.Parameters ?? [], parameters, "parameters", faults);
        var chosen = Read(package.Customizations ?? [], customizations, "customizations", faults);
        await CheckRecordsAsync(package, given, faults, ct);
        if (faults.Count > 0)
            throw new Problem(422, ErrorCodes.WorkflowParameters, "ValidationError",
                "Invalid workflow parameters: "
                    + string.Join("; ", faults.Take(Problem.MostErrors).Select(f => $"{f.Field} {f.Message}"))) { Errors = faults };
        return (JsonSerializer.SerializeToElement(given), JsonSerializer.SerializeToElement(chosen));
    }

    private static Dictionary<string, JsonElement> Read(PackageParameter[] known, JsonElement? given, string at, List<FieldError> faults)
    {
        var values = new Dictionary<string, JsonElement>();
        if (given is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            faults.Add(FieldError.Format(at, "must be an object"));
            return values;
        }
        if (given is { ValueKind: JsonValueKind.Object } members)
            foreach (var member in members.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Null) continue;
                var parameter = known.Concat(Always).FirstOrDefault(p => p.Name == member.Name);
                if (parameter is null)
                    faults.Add(FieldError.Format($"{at}.{member.Name}", $"is not known; the package takes {Names(known)}"));
                else if (FaultOf(parameter, member.Value) is { } fault) faults.Add(FieldError.Format($"{at}.{member.Name}", fault));
                else values[member.Name] = member.Value;
            }
        foreach (var parameter in known.Where(p => !values.ContainsKey(p.Name!)))
            if (parameter.Default is { } standard) values[parameter.Name!] = standard;
            else if (parameter.IsRequired && faults.All(f => f.Field != $"{at}.{parameter.Name}"))
                faults.Add(FieldError.Missing($"{at}.{parameter.Name}"));
        return values;
    }

    private static string Names(PackageParameter[] known) => string.Join(", ", known.Concat(Always).Select(p => p.Name));

    /// <summary>What is wrong with a value, as a part of a sentence; null where nothing is.</summary>
    public static string? FaultOf(PackageParameter parameter, JsonElement value) => parameter.Type switch
    {
        ParameterType.Text when value.ValueKind != JsonValueKind.String => "must be a text",
        ParameterType.Text when value.GetString()!.Length > 4000 => "is longer than 4000 characters",
        ParameterType.Text when parameter.Choices is { Length: > 0 } words && !words.Contains(value.GetString()) =>
            $"must be one of {string.Join(", ", words)}",
        ParameterType.Number or ParameterType.Integer when value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out _) =>
            "must be a number",
        ParameterType.Integer when decimal.Truncate(value.GetDecimal()) != value.GetDecimal() => "must be a whole number",
        ParameterType.Number or ParameterType.Integer when value.GetDecimal() < parameter.Minimum =>
            string.Create(CultureInfo.InvariantCulture, $"must be at least {parameter.Minimum}"),
        ParameterType.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => "must be true or false",
        ParameterType.Date when value.ValueKind != JsonValueKind.String
            || !DateOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) =>
            "must be a date, such as 2026-12-31",
        ParameterType.Property when Id<PropertyId>(value) is null => EntityId.Explain(PropertyId.Prefix),
        ParameterType.Lead when Id<LeadId>(value) is null => EntityId.Explain(LeadId.Prefix),
        ParameterType.Client when Id<ClientId>(value) is null => EntityId.Explain(ClientId.Prefix),
        ParameterType.User when Id<UserId>(value) is null => EntityId.Explain(UserId.Prefix),
        _ => null,
    };

    public static TId? Id<TId>(JsonElement value) where TId : struct, IEntityId<TId> =>
        EntityId.TryParse<TId>(value.ValueKind == JsonValueKind.String ? value.GetString() : value.ToString(), out var id) ? id : null;

    /// <summary>The id that a parameter of that type names, for the execution's columns.</summary>
    public static TId? IdOf<TId>(PackageDefinition package, JsonElement parameters, ParameterType type)
        where TId : struct, IEntityId<TId> =>
            package.Parameters?.FirstOrDefault(p => p.Type == type) is { } parameter
                && parameters.TryGetProperty(parameter.Name!, out var value) ? Id<TId>(value) : null;

    private async Task CheckRecordsAsync(PackageDefinition package, Dictionary<string, JsonElement> given, List<FieldError> faults,
        CancellationToken ct)
    {
        var named = (package.Parameters ?? []).Where(p => given.ContainsKey(p.Name!)).ToLookup(p => p.Type, p => p.Name!);
        await CheckAsync<PropertyId>(ParameterType.Property, "property", async ids => [.. (await properties.SummariesAsync(ids, ct)).Keys]);
        await CheckAsync<LeadId>(ParameterType.Lead, "lead", async ids => [.. (await leads.SummariesAsync(ids, ct)).Keys]);
        await CheckAsync<ClientId>(ParameterType.Client, "client", async ids => [.. (await clients.NamesAsync(ids, ct)).Keys]);
        await CheckAsync<UserId>(ParameterType.User, "user",
            async ids => [.. (await organizations.PeopleAsync(ids, ct)).Values.Where(p => p.IsActive).Select(p => p.Id)]);

        async Task CheckAsync<TId>(ParameterType type, string noun, Func<TId[], Task<HashSet<TId>>> find) where TId : struct, IEntityId<TId>
        {
            var asked = named[type].Select(name => (Name: name, Id: Id<TId>(given[name])!.Value)).ToArray();
            if (asked.Length == 0) return;
            var found = await find([.. asked.Select(a => a.Id).Distinct()]);
            foreach (var (name, _) in asked.Where(a => !found.Contains(a.Id))) faults.Add(
                FieldError.Format($"parameters.{name}", $"names no {noun} that you can see"));
        }
    }
}
