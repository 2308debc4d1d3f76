using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// Questions that lead on from an answer, each to something that is there: what else was found, and the records that were named.
/// </summary>
internal static class FollowUps
{
    private const int Most = 3;

    public static IReadOnlyList<string> Of(Question question, AnswerResponse answer, Retrieved found)
    {
        var arabic = Languages.Of(question.Text) == Languages.Arabic;
        var said = answer.Citations.Select(c => c.PassageId).ToHashSet();
        var cited = answer.Citations.Select(c => c.Heading ?? c.Title).ToHashSet();
        var more = found.Relevant.Where(p => !said.Contains(p.Id)).Select(p => p.Heading?.Split(" › ")[^1] ?? p.Title).Distinct()
            .Where(t => !cited.Contains(t))
            .Select(topic => arabic ? $"ماذا تقول المستندات عن «{topic}»؟" : $"What do the documents say about “{topic}”?");
        var about = answer.Records.Take(1).Where(r => r.Type == "property")
            .Where(r => !question.Text.Contains(r.Reference, StringComparison.OrdinalIgnoreCase))
            .Select(r => arabic ? $"ما تفاصيل {r.Reference}؟" : $"Tell me about {r.Reference}");
        return [.. about.Concat(more).Take(Most)];
    }
}
