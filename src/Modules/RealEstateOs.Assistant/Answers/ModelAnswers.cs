using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// Answers that the language model writes: from the passages found and from what tools look up, each statement with its source.
/// </summary>
internal sealed class ModelAnswers(
    LanguageModel model, OfficeRecords records, Retriever retriever, ILeadReader leads, CurrentUser user, UnitOfWork work,
    IOptions<ModelOptions> options,
    TimeProvider clock)
{
    private const int MostCallsAtOnce = 5;

    public bool IsOn => model.IsOn;

    /// <summary>A <see cref="ModelFault"/> where none came about; what was told by then is to be taken back.</summary>
    public async Task<AnswerResponse> AnswerAsync(Question question, Retrieved found, Tell? tell, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await WriteAsync(question, found, tell, either.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new ModelFault(ModelOutcome.TimedOut, "The model took too long.", late);
        }
    }

    private async Task<AnswerResponse> WriteAsync(Question question, Retrieved found, Tell? tell, CancellationToken ct)
    {
        var sources = new Sources();
        var text = new CitedText(sources);
        var tools = new Tools(records, retriever, leads, user, sources);
        var messages = Prompt.Messages(question, found.Relevant, sources, clock.GetUtcNow());
        for (var round = 1; ; round++)
        {
            // The last word is the model's: there are no tools to put it off with.
            var offered = round < options.Value.MaxRounds ? tools.Offered() : [];
            await work.ReleaseAsync();
            var reply = await model.AskAsync(user.Principal, messages, offered, piece => TellAsync(text.Append(piece)), ct);
            await TellAsync(text.End());
            var calls = reply.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0 || offered.Count == 0) break;
            messages.AddRange(reply.Messages);
            var results = new List<AIContent>();
            foreach (var (i, call) in calls.Index())
                results.Add(new FunctionResultContent(call.CallId,
                    i < MostCallsAtOnce ? await tools.RunAsync(call, offered, ct) : "Too many calls at once."));
            messages.Add(new ChatMessage(ChatRole.Tool, results));
        }
        return Answer(question, found, text, sources, tools);

        ValueTask TellAsync(string piece) => piece.Length > 0 && tell is not null ? tell(piece, ct) : ValueTask.CompletedTask;
    }

    private AnswerResponse Answer(Question question, Retrieved found, CitedText text, Sources sources, Tools tools)
    {
        if (text.Text.Length == 0) return Extract.Nothing(found, question.IsArabic) with { Note = found.Note, Actions = tools.Actions };
        var notes = new[]
        {
            found.Note, text.LeftOut ? "What the model said without a source was left out." : null,
            text.Unfounded.Count > 0
                ? $"Check these figures, which stand in none of the sources named: {string.Join(", ", text.Unfounded)}." : null,
        }.OfType<string>();
        return new AnswerResponse
        {
            Answer = text.Text, Mode = AnswerMode.Model, Label = $"Written by {model.Name} from the sources that it names",
            Citations = sources.Citations(text.Cited),
            Records = sources.Records(text.Cited), Actions = tools.Actions, Retrieval = found.Mode,
            Note = string.Join(' ', notes) is { Length: > 0 } note ? note : null,
        };
    }
}
