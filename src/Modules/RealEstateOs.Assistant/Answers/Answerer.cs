using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Answers;

/// <summary>Answers a question from what the asker may see: the office's records, else the passages of its documents. What neither says is said to be unknown.</summary>
internal sealed class Answerer(Retriever retriever, IEnumerable<ILookup> lookups)
{
    public const int MostPassages = 8;

    public async Task<AnswerResponse> AnswerAsync(Question question, Tell? tell, CancellationToken ct)
    {
        var found = await retriever.FindAsync(question.Text, MostPassages, ct);
        var answer = await LookUpAsync(question, found, ct) ?? Extract.From(question.Text, found);
        if (tell is not null)
            foreach (var piece in Pieces(answer.Answer)) await tell(piece, ct);
        return answer with { FollowUps = FollowUps.Of(question, answer, found) };
    }

    private async Task<AnswerResponse?> LookUpAsync(Question question, Retrieved found, CancellationToken ct)
    {
        foreach (var lookup in lookups)
            if (await lookup.TryAsync(question, ct) is { } looked)
                return new AnswerResponse { Answer = looked.Text, Mode = AnswerMode.LookUp, Label = looked.Label, Records = looked.Records, Retrieval = found.Mode, Note = looked.Note };
        return null;
    }

    // Line by line and sentence by sentence, with what stands between them.
    private static IEnumerable<string> Pieces(string text)
    {
        var at = 0;
        foreach (var sentence in Sentences.Of(text))
        {
            var end = text.IndexOf(sentence, at, StringComparison.Ordinal) + sentence.Length;
            yield return text[at..end];
            at = end;
        }
        if (at < text.Length) yield return text[at..];
    }
}
