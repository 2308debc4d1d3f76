using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// Answers a question from what the asker may see. With a language model, it writes the answer; without one, or where it fails, the answer
/// is looked up in the office's records, else quoted from the passages of its documents. What none of them says is said to be unknown.
/// </summary>
internal sealed class Answerer(Retriever retriever, ModelAnswers model, IEnumerable<ILookup> lookups)
{
    public const int MostPassages = 8;

    public async Task<AnswerResponse> AnswerAsync(Question question, Tell? tell, CancellationToken ct)
    {
        var found = await FindAsync(question, ct);
        var answer = model.IsOn ? await WriteAsync(question, found, tell, ct) : await FindOutAsync(question, found, tell, ct);
        return answer with { FollowUps = FollowUps.Of(question, answer, found) };
    }

    /// <summary>
    /// The passages for a question; one that says little by itself ("and on Sundays?") is asked once more together with the one before.
    /// </summary>
    public async Task<Retrieved> FindAsync(Question question, CancellationToken ct)
    {
        var found = await retriever.FindAsync(question.Text, MostPassages, ct);
        if (found.Relevant.Count > 0 || question.Earlier.LastOrDefault(t => !t.IsAnswer) is not { } before) return found;
        return await retriever.FindAsync($"{before.Text} {question.Text}", MostPassages, ct);
    }

    private async Task<AnswerResponse> WriteAsync(Question question, Retrieved found, Tell? tell, CancellationToken ct)
    {
        try
        {
            var answer = await model.AnswerAsync(question, found, tell, ct);
            if (answer.Mode == AnswerMode.NotFound && tell is not null) await tell(answer.Answer, ct);
            return answer;
        }
        catch (ModelFault fault)
        {
            if (tell is not null) await tell(null, ct);
            var answer = await FindOutAsync(question, found, tell, ct);
            return answer with { Note = answer.Note is null ? fault.Message : $"{fault.Message} {answer.Note}" };
        }
    }

    private async Task<AnswerResponse> FindOutAsync(Question question, Retrieved found, Tell? tell, CancellationToken ct)
    {
        var answer = await LookUpAsync(question, found, ct) ?? Extract.From(question.Text, found);
        if (tell is not null)
            foreach (var piece in Pieces(answer.Answer)) await tell(piece, ct);
        return answer;
    }

    private async Task<AnswerResponse?> LookUpAsync(Question question, Retrieved found, CancellationToken ct)
    {
        foreach (var lookup in lookups)
            if (await lookup.TryAsync(question, ct) is { } looked)
                return new AnswerResponse
                {
                    Answer = looked.Text, Mode = AnswerMode.LookUp, Label = looked.Label, Records = looked.Records, Retrieval = found.Mode,
                    Note = looked.Note,
                };
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
