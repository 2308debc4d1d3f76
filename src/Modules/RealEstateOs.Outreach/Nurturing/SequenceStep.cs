using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>
/// A step of a sequence. After it follows <see cref="Next"/>, or the one below; a condition goes to <see cref="Then"/> or
/// <see cref="Else"/>. Only later steps can be named, so no lead goes in circles.
/// </summary>
[NotMapped]
public sealed record SequenceStep
{
    public const string End = "end";

    /// <summary>Names the step for jumps and figures; default step_1, step_2 … Letters, digits and underscores.</summary>
    [MaxLength(40)] public string? Key { get; init; }
    /// <summary>Also accepted as <c>channel</c>.</summary>
    [Alias("channel")] public StepType? Type { get; init; }
    /// <summary>
    /// Waits before the step is done, counted from the one before it (the first: from the enrollment); days, hours and minutes add up to at
    /// most a year.
    /// </summary>
    public int? DelayDays { get; init; }
    /// <summary>Added to the days.</summary>
    public int? DelayHours { get; init; }
    /// <summary>Added to days and hours.</summary>
    public int? DelayMinutes { get; init; }
    /// <summary>
    /// Gives subject and content where the step has none; they are copied, so that a later change of the template does not reach the step.
    /// </summary>
    public CampaignTemplateId? TemplateId { get; init; }
    /// <summary>Handlebars. The subject of an e-mail, or what a task is called.</summary>
    [MaxLength(300)] public string? Subject { get; init; }
    /// <summary>Handlebars. Text, or HTML if an e-mail has tags; what is to be done, for a task.</summary>
    [MaxLength(50_000)] public string? Content { get; init; }
    /// <summary>What kind of activity a task becomes; default <c>task</c>.</summary>
    public LeadActivityType? TaskType { get; init; }
    /// <summary>When a task is due, counted from when it is written; default 24.</summary>
    public int? DueInHours { get; init; }
    /// <summary>Of the type <c>condition</c>: what decides.</summary>
    public StepCondition? Condition { get; init; }
    /// <summary>Of a condition that holds: the key of a later step, or <c>end</c>; default the step below.</summary>
    [MaxLength(40)] public string? Then { get; init; }
    /// <summary>The same where the condition does not hold.</summary>
    [MaxLength(40)] public string? Else { get; init; }
    /// <summary>Where to go on after a step that is no condition: the key of a later step, or <c>end</c>.</summary>
    [MaxLength(40)] public string? Next { get; init; }

    internal TimeSpan Delay => new(DelayDays ?? 0, DelayHours ?? 0, DelayMinutes ?? 0, 0);

    internal static string DefaultKey(int index) => FormattableString.Invariant($"step_{index + 1}");
}

/// <summary>What decides where a lead goes on.</summary>
[NotMapped]
public sealed record StepCondition
{
    /// <summary>What is looked at: a message above, or the lead's score or status.</summary>
    public StepBehaviour? On { get; init; }
    /// <summary>For opened, clicked and replied: the key of the message; default the last message above.</summary>
    [MaxLength(40)] public string? Step { get; init; }
    /// <summary>For score: at least.</summary>
    public int? MinScore { get; init; }
    /// <summary>For score: at most.</summary>
    public int? MaxScore { get; init; }
    /// <summary>For status: one of these.</summary>
    public LeadStatus[]? Status { get; init; }
}

/// <summary>Where steps lead; an index beyond the last step is the end.</summary>
internal static class SequencePath
{
    public static int After(SequenceStep[] steps, int index, bool? branch)
    {
        var step = steps[index];
        var target = step.Type == StepType.Condition ? (branch == true ? step.Then : step.Else) : step.Next;
        return target switch
        {
            null => index + 1,
            SequenceStep.End => steps.Length,
            _ => Array.FindIndex(steps, s => s.Key == target),
        };
    }

    /// <summary>The message that a condition looks at; null where there is none above it.</summary>
    public static int? Message(SequenceStep[] steps, int condition)
    {
        var named = steps[condition].Condition?.Step;
        for (var i = condition - 1; i >= 0; i--)
            if (named is null ? steps[i].Type is StepType.Email or StepType.Sms : steps[i].Key == named) return i;
        return null;
    }
}
