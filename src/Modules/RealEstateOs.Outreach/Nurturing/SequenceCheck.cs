using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>Finds everything that is wrong with the steps of a sequence, each alone and all together.</summary>
internal static partial class SequenceCheck
{
    public const int MaxSteps = 50;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(366);

    public static IEnumerable<FieldError> Faults(SequenceStep[] given)
    {
        if (given.Length is 0 or > MaxSteps) return [FieldError.Range("steps", $"must have 1 to {MaxSteps} steps")];
        var steps = WithKeys(given);
        var faults = new List<FieldError>();
        for (var i = 0; i < steps.Length; i++) faults.AddRange(Faults(steps, i));
        if (faults.Count == 0) faults.AddRange(Unreachable(steps));
        return faults;
    }

    public static SequenceStep[] WithKeys(SequenceStep[] steps) =>
        [.. steps.Select((step, i) => step with { Key = step.Key ?? SequenceStep.DefaultKey(i) })];

    private static IEnumerable<FieldError> Faults(SequenceStep[] steps, int i)
    {
        var (step, at) = (steps[i], $"steps[{i}].");
        if (!KeyPattern().IsMatch(step.Key!) || step.Key == SequenceStep.End)
            yield return FieldError.Format(at + "key", "must be lower-case letters, digits and underscores, and not end");
        else if (Array.FindIndex(steps, s => s.Key == step.Key) < i)
            yield return FieldError.Format(at + "key", $"{step.Key} is the key of another step, too");
        foreach (var (name, value) in new[] { ("delay_days", step.DelayDays), ("delay_hours", step.DelayHours),
            ("delay_minutes", step.DelayMinutes) })
            if (value is < 0 or > 600_000) yield return FieldError.Range(at + name, "must not be negative, nor more than a year");
        if (step is { DelayDays: not (< 0 or > 600_000), DelayHours: not (< 0 or > 600_000), DelayMinutes: not (< 0 or > 600_000) }
            && step.Delay > LongestDelay)
            yield return FieldError.Range(at + "delay_days", "must not be more than a year, with hours and minutes");
        foreach (var fault in OfType(steps, i, at)) yield return fault;
        foreach (var fault in MessageTemplate.Check(at + "subject", step.Subject, MessageVariables.Known)) yield return fault;
        foreach (var fault in MessageTemplate.Check(at + "content", step.Content, MessageVariables.Known)) yield return fault;
        foreach (var (name, target) in new[] { ("then", step.Then), ("else", step.Else), ("next", step.Next) })
        {
            if (target is null) continue;
            if ((name == "next") == (step.Type == StepType.Condition))
                yield return FieldError.Format(at + name,
                    name == "next" ? "belongs to steps that are no condition; a condition has then and else"
                        : "belongs to conditions only");
            else if (target != SequenceStep.End && Array.FindIndex(steps, s => s.Key == target) <= i)
                yield return FieldError.Format(at + name, $"must be the key of a later step, or end; {target} is none");
        }
    }

    private static IEnumerable<FieldError> OfType(SequenceStep[] steps, int i, string at)
    {
        var step = steps[i];
        if (step.Type is null) yield return FieldError.Missing(at + "type");
        var hasText = step.TemplateId is not null;
        if (step.Type == StepType.Email && !hasText && string.IsNullOrWhiteSpace(step.Subject))
            yield return FieldError.Missing(at + "subject");
        if (step.Type is StepType.Email or StepType.Sms && !hasText && string.IsNullOrWhiteSpace(step.Content))
            yield return FieldError.Missing(at + "content");
        if (step.Type == StepType.Sms && step.Content?.Length > 1600)
            yield return FieldError.Range(at + "content", "must have at most 1600 characters for a text message");
        if (step.Type == StepType.Task && string.IsNullOrWhiteSpace(step.Subject)) yield return FieldError.Missing(at + "subject");
        if (step.Type == StepType.Wait && step.Delay <= TimeSpan.Zero)
            yield return FieldError.Missing(at + "delay_days") with { Message = "is required: a wait needs days, hours or minutes" };
        if (step.DueInHours is < 0 or > 8784) yield return FieldError.Range(at + "due_in_hours", "must be from 0 to 8784");
        if (step.Type == StepType.Condition && step.Condition is null) yield return FieldError.Missing(at + "condition");
        else if (step.Type != StepType.Condition && step.Condition is not null)
            yield return FieldError.Format(at + "condition", "belongs to steps of the type condition");
        else if (step.Condition is { } condition)
            foreach (var fault in OfCondition(steps, i, condition, at + "condition.")) yield return fault;
    }

    private static IEnumerable<FieldError> OfCondition(SequenceStep[] steps, int i, StepCondition condition, string at)
    {
        if (condition.On is null) yield return FieldError.Missing(at + "on");
        if (condition.On == StepBehaviour.Status && condition.Status is not { Length: > 0 }) yield return FieldError.Missing(at + "status");
        if (condition.On == StepBehaviour.Score && (condition.MinScore ?? condition.MaxScore) is null)
            yield return FieldError.Missing(at + "min_score") with { Message = "is required, or max_score" };
        if (condition.MinScore is < 0 or > 100) yield return FieldError.Range(at + "min_score", "must be from 0 to 100");
        if (condition.MaxScore is < 0 or > 100) yield return FieldError.Range(at + "max_score", "must be from 0 to 100");
        if (condition.MinScore > condition.MaxScore) yield return FieldError.Range(at + "max_score", "must not be below min_score");
        if (condition.On is not (StepBehaviour.Opened or StepBehaviour.Clicked or StepBehaviour.Replied)) yield break;
        if (SequencePath.Message(steps, i) is not { } message)
            yield return FieldError.Format(at + "step",
                condition.Step is null ? "is required: there is no message above"
                    : $"must be the key of a message above; {condition.Step} is none");
        else if (steps[message].Type is not (StepType.Email or StepType.Sms))
            yield return FieldError.Format(at + "step", $"must be the key of a message; {steps[message].Key} is none");
        else if (steps[message].Type == StepType.Sms && condition.On != StepBehaviour.Replied)
            yield return FieldError.Format(at + "on", "must be replied for a text message, which tells neither openings nor clicks");
    }

    private static IEnumerable<FieldError> Unreachable(SequenceStep[] steps)
    {
        var reached = new bool[steps.Length + 1];
        reached[0] = true;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!reached[i]) yield return FieldError.Format($"steps[{i}]",
                $"{steps[i].Key} is never reached: every step before it goes elsewhere");
            else (reached[SequencePath.After(steps, i, true)], reached[SequencePath.After(steps, i, false)]) = (true, true);
        }
    }

    [GeneratedRegex(@"^[a-z0-9_]{1,40}\z")]
    private static partial Regex KeyPattern();
}
