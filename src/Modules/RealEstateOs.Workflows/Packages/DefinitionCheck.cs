using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Workflows.Packages;

/// <summary>
/// Everything that is wrong with a package, at once: unknown kinds, missing inputs, references to what is not there, cycles.
/// </summary>
internal sealed partial class DefinitionCheck(WorkflowSteps kinds)
{
    private const int MostSteps = 50, MostParameters = 40, MostDeliverables = 30;

    private static readonly string[] ReservedNames = ["templates", "history", "execute", "status"];
    private static readonly string[] ExecutionMembers = ["id", "package_name", "priority", "rush_delivery"];

    /// <summary>Refuses with WF_002 and all faults.</summary>
    public void Require(PackageDefinition package)
    {
        var faults = FaultsOf(package);
        if (faults.Count == 0) return;
        throw new Problem(422, ErrorCodes.WorkflowParameters, "ValidationError",
            "The package can't be executed as it is: "
                + string.Join("; ", faults.Take(Problem.MostErrors).Select(f => $"{f.Field} {f.Message}"))) { Errors = faults };
    }

    public List<FieldError> FaultsOf(PackageDefinition package)
    {
        var faults = new List<FieldError>();
        CheckName(package.Name, faults);
        if (string.IsNullOrWhiteSpace(package.DisplayName)) faults.Add(FieldError.Missing("display_name"));
        CheckParameters(package.Parameters ?? [], "parameters", faults);
        CheckParameters(package.Customizations ?? [], "customizations", faults);
        if (package.Deliverables?.Length > MostDeliverables)
            faults.Add(FieldError.Range("deliverables", $"are {MostDeliverables} at most"));
        var steps = package.Steps ?? [];
        if (steps.Length == 0) faults.Add(FieldError.Missing("steps"));
        if (steps.Length > MostSteps)
        {
            faults.Add(FieldError.Range("steps", $"are {MostSteps} at most"));
            return faults; // what stands in each of thousands nobody reads
        }
        var names = new HashSet<string>();
        for (var i = 0; i < steps.Length; i++)
        {
            var at = $"steps[{i}]";
            if (steps[i].Name is not { } name || !NamePattern().IsMatch(name))
                faults.Add(FieldError.Format($"{at}.name", "is a name of lower-case letters, digits and _, 2 to 60"));
            else if (!names.Add(name)) faults.Add(FieldError.Format($"{at}.name", $"'{name}' is there twice"));
        }
        if (faults.Any(f => f.Field.EndsWith("].name", StringComparison.Ordinal))) return faults; // the rest goes by names
        var before = Predecessors(steps, faults);
        for (var i = 0; i < steps.Length; i++) CheckStep(package, steps[i], $"steps[{i}]", before?[steps[i].Name!], faults);
        return faults;
    }

    private static void CheckName(string? name, List<FieldError> faults)
    {
        if (name is null || !NamePattern().IsMatch(name))
            faults.Add(FieldError.Format("name", "is a name of lower-case letters, digits and _, 2 to 60"));
        else if (BuiltInPackages.Find(name) is not null || ReservedNames.Contains(name))
            faults.Add(FieldError.Format("name", $"'{name}' is taken by the product"));
    }

    private static void CheckParameters(PackageParameter[] parameters, string member, List<FieldError> faults)
    {
        if (parameters.Length > MostParameters) faults.Add(FieldError.Range(member, $"are {MostParameters} at most"));
        var names = new HashSet<string>();
        for (var i = 0; i < parameters.Length; i++)
        {
            var (parameter, at) = (parameters[i], $"{member}[{i}]");
            if (parameter.Name is not { } name || !NamePattern().IsMatch(name))
                faults.Add(FieldError.Format($"{at}.name", "is a name of lower-case letters, digits and _, 2 to 60"));
            else if (!names.Add(name)) faults.Add(FieldError.Format($"{at}.name", $"'{name}' is there twice"));
            if (parameter.Type is null) faults.Add(FieldError.Missing($"{at}.type"));
            else if (parameter.Default is { } value && ParameterReader.FaultOf(parameter, value) is { } fault)
                faults.Add(FieldError.Format($"{at}.default", fault));
        }
    }

    private void CheckStep(PackageDefinition package, PackageStep step, string at, HashSet<string>? before, List<FieldError> faults)
    {
        if (step.MostAttempts is < 1 or > 10) faults.Add(FieldError.Range($"{at}.attempts", "is 1 to 10"));
        if (step.TimeoutMinutes is < 1 or > 60) faults.Add(FieldError.Range($"{at}.timeout_minutes", "is 1 to 60"));
        if (step.RetryDelaySeconds is < 0 or > 3600) faults.Add(FieldError.Range($"{at}.retry_delay_seconds", "is 0 to 3600"));
        if (step.EstimatedMinutes is <= 0 or > 10_080)
            faults.Add(FieldError.Range($"{at}.estimated_minutes", "is more than 0, at most 10080"));
        foreach (var (member, text) in new[] { ("if", step.If), ("unless", step.Unless) })
            if (text is not null) CheckReference(package, StepReference.Parse(text) ?? new("", null, text), $"{at}.{member}",
                before, faults);
        if (kinds.Find(step.KindName) is not { } kind)
        {
            faults.Add(FieldError.Format($"{at}.kind",
                $"there is no kind of step '{step.KindName}'; GET /api/v1/workflows/steps lists them"));
            return;
        }
        var inputs = step.Inputs ?? [];
        foreach (var missing in kind.Inputs.Where(i => i.IsRequired && !inputs.ContainsKey(i.Name)))
            faults.Add(FieldError.Missing($"{at}.inputs.{missing.Name}"));
        foreach (var (name, value) in inputs)
        {
            var known = kind.Inputs.FirstOrDefault(i => i.Name == name);
            if (known is null) faults.Add(FieldError.Format($"{at}.inputs.{name}",
                $"{kind.Name} has no such input; it takes {string.Join(", ", kind.Inputs.Select(i => i.Name))}"));
            else if (StepReference.Of(value) is { } reference) CheckReference(package, reference, $"{at}.inputs.{name}", before, faults);
            else if (!IsReadable(value, known.Type))
                faults.Add(FieldError.Format($"{at}.inputs.{name}", $"is no {Json.SnakeCase(known.Type.Name)}"));
        }
    }

    private static void CheckReference(PackageDefinition package, StepReference reference, string at, HashSet<string>? before,
        List<FieldError> faults)
    {
        var known = reference.Source switch
        {
            StepReference.Parameters => package.Parameters?.Any(p => p.Name == reference.Member) == true,
            StepReference.Customizations => package.Customizations?.Any(p => p.Name == reference.Member) == true,
            StepReference.Execution => ExecutionMembers.Contains(reference.Member),
            StepReference.Steps => before is null || before.Contains(reference.Step!),
            _ => false,
        };
        if (!known) faults.Add(FieldError.Format(at, reference.Source == StepReference.Steps
            ? $"points at '{reference.Step}', which is no step before this one (depends_on)"
            : "points at nothing: $parameters.NAME, $customizations.NAME, $steps.NAME.MEMBER, $execution.id"));
    }

    /// <summary>All steps before each one; null, with a fault, where they wait for each other in a circle.</summary>
    private static Dictionary<string, HashSet<string>>? Predecessors(PackageStep[] steps, List<FieldError> faults)
    {
        var byName = steps.ToDictionary(s => s.Name!);
        for (var i = 0; i < steps.Length; i++)
            foreach (var unknown in (steps[i].DependsOn ?? []).Where(d => !byName.ContainsKey(d)))
                faults.Add(FieldError.Format($"steps[{i}].depends_on", $"there is no step '{unknown}'"));
        var (before, open) = (new Dictionary<string, HashSet<string>>(), steps.ToList());
        while (open.Count > 0)
        {
            var free = open.Where(s => (s.DependsOn ?? []).Where(byName.ContainsKey).All(before.ContainsKey)).ToList();
            if (free.Count == 0)
            {
                faults.Add(FieldError.Format("steps", $"wait for each other in a circle: {string.Join(", ", open.Select(s => s.Name))}"));
                return null;
            }
            foreach (var step in free)
            {
                var direct = (step.DependsOn ?? []).Where(byName.ContainsKey).ToArray();
                before[step.Name!] = [.. direct, .. direct.SelectMany(d => before[d])];
                open.Remove(step);
            }
        }
        return before;
    }

    private static bool IsReadable(JsonElement value, Type type)
    {
        try
        {
            value.Deserialize(type, Json.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{1,59}\z")]
    private static partial Regex NamePattern();
}
