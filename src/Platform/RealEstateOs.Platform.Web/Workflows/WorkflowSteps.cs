using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Workflows;

/// <summary>
/// A kind of step: its name, its title for people, what it needs, and the permission that its execution's user must hold when it runs.
/// </summary>
public sealed record WorkflowStepKind(string Name, string Title, string Description, string Permission, Type Input)
{
    internal Func<IServiceProvider, JsonElement, StepContext, CancellationToken, Task<StepResult>> Run { get; init; } = default!;

    /// <summary>Null where there is nothing to undo.</summary>
    internal Func<IServiceProvider, JsonElement, JsonElement?, StepContext, CancellationToken, Task>? Undo { get; init; }

    public bool IsUndoable => Undo is not null;

    /// <summary>By their names on the wire.</summary>
    public IReadOnlyList<StepInput> Inputs { get; } = [.. Input.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.SetMethod is not null)
        .Select(p => new StepInput(Json.SnakeCase(p.Name), p.PropertyType, p.GetCustomAttribute<RequiredMemberAttribute>() is not null))];

    public Task<StepResult> RunAsync(IServiceProvider scope, JsonElement input, StepContext context, CancellationToken ct) =>
        Run(scope, input, context, ct);

    public Task UndoAsync(IServiceProvider scope, JsonElement input, JsonElement? output, StepContext context, CancellationToken ct) =>
        Undo is null ? Task.CompletedTask : Undo(scope, input, output, context, ct);
}

/// <summary>An input of a kind of step.</summary>
public sealed record StepInput(string Name, Type Type, bool IsRequired);

/// <summary>All kinds of steps that the modules bring.</summary>
public sealed class WorkflowSteps(IEnumerable<WorkflowStepKind> kinds)
{
    private readonly FrozenDictionary<string, WorkflowStepKind> byName = kinds.ToFrozenDictionary(k => k.Name);

    public IEnumerable<WorkflowStepKind> All => byName.Values;

    public WorkflowStepKind? Find(string name) => byName.GetValueOrDefault(name);
}

public static class WorkflowStepRegistration
{
    /// <summary>
    /// Registers a kind of step by its name in packages, such as <c>cma_report</c>; <typeparamref name="TInput"/> is read as a body is.
    /// </summary>
    public static IServiceCollection AddWorkflowStep<TStep, TInput>(this IServiceCollection services, string name, string title,
        string description, string permission)
        where TStep : class, IWorkflowStep<TInput> =>
        services.AddSingleton(new WorkflowStepKind(name, title, description, permission, typeof(TInput))
        {
            Run = (scope, input, context, ct) => Step<TStep>(scope).RunAsync(Read<TInput>(input), context, ct),
            Undo = !typeof(IUndoableStep<TInput>).IsAssignableFrom(typeof(TStep)) ? null
                : (scope, input, output, context, ct) => ((IUndoableStep<TInput>)Step<TStep>(scope)).UndoAsync(Read<TInput>(input), output,
                    context, ct),
        });

    private static TStep Step<TStep>(IServiceProvider scope) => ActivatorUtilities.CreateInstance<TStep>(scope);

    private static TInput Read<TInput>(JsonElement input)
    {
        try
        {
            return input.Deserialize<TInput>(Json.Options)!;
        }
        catch (JsonException unreadable)
        {
            throw Problem.Invalid(FieldError.Format(unreadable.Path?.TrimStart('$', '.') ?? "", unreadable.Message));
        }
    }
}
