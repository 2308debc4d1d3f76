using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Properties.Listings;

/// <summary>
/// Which moves the pipeline allows: a card may be dropped on any open stage and on closed_lost; closed_won only from
/// negotiation or under_contract; a closed one stays closed until it is reopened.
/// </summary>
internal static class Pipeline
{
    public static readonly PropertyStage[] Open =
        [PropertyStage.New, PropertyStage.Outreach, PropertyStage.Qualified, PropertyStage.Negotiation, PropertyStage.UnderContract];

    public static bool IsOpen(PropertyStage stage) => stage is not (PropertyStage.ClosedWon or PropertyStage.ClosedLost);

    public static IReadOnlyList<PropertyStage> From(PropertyStage stage)
    {
        if (!IsOpen(stage)) return [];
        var legal = Open.Where(s => s != stage).Append(PropertyStage.ClosedLost);
        return [.. stage is PropertyStage.Negotiation or PropertyStage.UnderContract ? legal.Append(PropertyStage.ClosedWon) : legal];
    }

    public static Problem Illegal(PropertyStage from, PropertyStage to, IReadOnlyList<PropertyStage> legal) => Problem.Conflict(
        legal.Count == 0
            ? $"A property on {Vocabulary.Word(from)} is closed; reopen it first."
            : $"A property can't move from {Vocabulary.Word(from)} to {Vocabulary.Word(to)}; "
                + $"it can move to {string.Join(", ", legal.Select(Vocabulary.Word))}.",
        Allowed(legal));

    public static Dictionary<string, object?> Allowed(IReadOnlyList<PropertyStage> legal) =>
        new() { ["allowed"] = legal.Select(Vocabulary.Word).ToArray() };
}
