using System.Text.Json;

namespace RealEstateOs.Workflows.Packages;

/// <summary>What a step's inputs and conditions can point at.</summary>
internal sealed record StepReference(string Source, string? Step, string Member)
{
    public const string Parameters = "parameters", Customizations = "customizations", Steps = "steps", Execution = "execution";

    /// <summary>Null where the text is no reference.</summary>
    public static StepReference? Parse(string text)
    {
        if (text is not ['$', .. var path]) return null;
        return path.Split('.') switch
        {
            [Parameters or Customizations or Execution, var member] whole => new(whole[0], null, member),
            [Steps, var step, var member] => new(Steps, step, member),
            _ => new("", null, path),
        };
    }

    public static StepReference? Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? Parse(value.GetString()!) : null;
}

/// <summary>Everything that references can be resolved by.</summary>
internal sealed record StepValues(JsonElement Parameters, JsonElement Customizations, JsonElement Execution,
    IReadOnlyDictionary<string, JsonElement> Outputs)
{
    public JsonElement? Find(StepReference reference)
    {
        var source = reference.Source switch
        {
            StepReference.Parameters => Parameters,
            StepReference.Customizations => Customizations,
            StepReference.Execution => Execution,
            _ => Outputs.GetValueOrDefault(reference.Step ?? ""),
        };
        return source.ValueKind == JsonValueKind.Object && source.TryGetProperty(reference.Member, out var found)
            && found.ValueKind != JsonValueKind.Null
            ? found : null;
    }

    public bool IsTrue(string reference) => Find(StepReference.Parse(reference)!) is { } value && value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    /// <summary>The inputs with their references filled in.</summary>
    public JsonElement Fill(PackageStep step)
    {
        var filled = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in step.Inputs ?? [])
            if (StepReference.Of(value) is not { } reference) filled[name] = value;
            else if (Find(reference) is { } found) filled[name] = found;
        return JsonSerializer.SerializeToElement(filled);
    }
}
