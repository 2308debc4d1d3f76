using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>Which moves a deal may make: from an open stage to every other; closing is final but for reopen.</summary>
internal static class DealStages
{
    public static readonly DealStage[] All = Enum.GetValues<DealStage>();

    public static readonly DealStage[] Open = [.. All.Where(IsOpen)];

    public static bool IsOpen(DealStage stage) => stage is not (DealStage.ClosedWon or DealStage.ClosedLost);

    public static IReadOnlyList<DealStage> From(DealStage stage) => IsOpen(stage) ? [.. All.Where(s => s != stage)] : [];

    /// <summary>How likely a deal on this stage is to be won, in percent, where nobody said otherwise.</summary>
    public static decimal Probability(DealStage stage) => stage switch
    {
        DealStage.Lead => 10,
        DealStage.Qualified => 20,
        DealStage.Proposal => 35,
        DealStage.Negotiation => 50,
        DealStage.Contract => 70,
        DealStage.Inspection => 80,
        DealStage.Financing => 85,
        DealStage.Closing => 95,
        DealStage.ClosedWon => 100,
        _ => 0,
    };

    public static Problem Illegal(DealStage from, DealStage to) => Problem.Conflict(
        $"A deal on {Vocabulary.Word(from)} is closed and can't move to {Vocabulary.Word(to)}; "
            + $"no move is legal until it is reopened (POST /deals/{{id}}/reopen).",
        Allowed(From(from)));

    public static Dictionary<string, object?> Allowed(IReadOnlyList<DealStage> legal) =>
        new() { ["allowed"] = legal.Select(Vocabulary.Word).ToArray() };
}
