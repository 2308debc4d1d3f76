using System.Text;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Answers;

/// <summary>An answer without a model: the sentences of the best passages that speak of what was asked, as they stand there.</summary>
internal static class Extract
{
    public const string Label = "Quoted from the office's documents", NothingLabel = "Nothing found";
    private const int MostSources = 3, MostSentences = 3;

    public static AnswerResponse From(string question, Retrieved found)
    {
        var arabic = Languages.Of(question) == Languages.Arabic;
        if (found.Relevant is not [var best, ..] relevant) return Nothing(found, arabic);
        // A source far behind the first one adds noise, not evidence.
        var sources = relevant.Where(p => p.Coverage >= best.Coverage * 0.6f || p.Similarity >= best.Similarity - 0.05f)
            .Take(MostSources).ToList();
        var text = new StringBuilder();
        for (var i = 0; i < sources.Count; i++)
        {
            if (i > 0) text.Append("\n\n");
            text.Append(string.Join(' ', Choose(sources[i], found.Terms))).Append($" [{i + 1}]");
        }
        return new AnswerResponse
        {
            Answer = text.ToString(), Mode = AnswerMode.Extract, Label = Label,
            Citations = [.. sources.Select((p, i) => Citation.Of(p, i + 1))], Retrieval = found.Mode, Note = found.Note,
        };
    }

    public static AnswerResponse Nothing(Retrieved found, bool arabic) => new()
    {
        Answer = arabic ? "لا أعرف: لا يوجد في ما يمكنك الاطلاع عليه نص يجيب عن ذلك."
            : "I don't know: nothing that you may open here says it.",
        Mode = AnswerMode.NotFound, Label = NothingLabel, Retrieval = found.Mode, Note = found.Note,
    };

    // The sentences with the weightiest words, in the order in which they stand.
    private static IEnumerable<string> Choose(FoundPassage passage, IReadOnlyList<Term> terms)
    {
        var sentences = Sentences.Of(passage.Content).ToList();
        if (sentences.Count <= MostSentences) return sentences;
        var scored = sentences.Select((sentence, place) => (sentence, place, score: Score(sentence, terms))).ToList();
        return scored.OrderByDescending(s => s.score).ThenBy(s => s.place).Take(MostSentences).OrderBy(s => s.place)
            .Select(s => s.sentence);
    }

    private static float Score(string sentence, IReadOnlyList<Term> terms)
    {
        var words = Words.Fold(sentence).Split(' ').ToHashSet();
        // PostgreSQL stems; a stem is (nearly always) how its words begin.
        return terms.Where(
            t =>
                t.Lexemes.Any(l => words.Contains(l)
                    || (l.Length >= 3 && words.Any(w => w.StartsWith(l[..^(l.Length > 4 ? 1 : 0)], StringComparison.Ordinal)))))
            .Sum(t => t.Weight);
    }
}
