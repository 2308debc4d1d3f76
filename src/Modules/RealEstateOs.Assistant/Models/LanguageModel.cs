using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Assistant.Models;

/// <summary>
/// The language model of this installation, where one is configured. Asked for one reply at a time, within time and budget, each counted.
/// </summary>
internal sealed class LanguageModel : IDisposable
{
    private readonly ModelOptions options;
    private readonly ModelBudget budget;
    private readonly TimeProvider clock;
    private readonly IChatClient? client;
    private readonly ModelGuard guard;

    public LanguageModel(IOptions<ModelOptions> options, ModelBudget budget, TimeProvider clock, ILogger<LanguageModel> log)
    {
        (this.options, this.budget, this.clock, guard) = (options.Value, budget, clock, new ModelGuard(clock, log));
        if (!IsOn) return;
        client = new OpenAI.Chat.ChatClient(Name, ModelEndpoint.Key(this.options.ApiKey),
            ModelEndpoint.Settings(this.options.Endpoint!, this.options.Timeout)).AsIChatClient();
    }

    public bool IsOn => options.IsOn;

    public string Name => options.Name!;

    /// <summary>A rule of thumb, for estimates.</summary>
    public static int Tokens(string text) => (text.Length + 3) / 4;

    /// <summary>A reply that ended as replies end, told piece by piece; everything else is a <see cref="ModelFault"/>.</summary>
    public async Task<ChatResponse> AskAsync(
        Principal who, IReadOnlyList<ChatMessage> messages, IList<AITool> tools, Func<string, ValueTask> tell, CancellationToken ct)
    {
        var input = messages.Sum(m => m.Contents.Sum(LengthOf))
            + tools.OfType<AIFunctionDeclaration>().Sum(t => Tokens(t.JsonSchema.GetRawText() + t.Description));
        if (input > options.MaxInputTokens) throw new ModelFault(ModelOutcome.Failed, "There was too much to read for the model.");
        var spender = new Spender(who.OrganizationId, who.UserId);
        if (await budget.SetAsideAsync(spender, Name, input + options.MaxOutputTokens, ct) is not { } call)
            throw new ModelFault(ModelOutcome.Refused, "The office has used up this month's budget for the model.");
        var (startedAt, updates, outcome) = (clock.GetTimestamp(), new List<ChatResponseUpdate>(), ModelOutcome.Stopped);
        try
        {
            var response = await guard.AskAsync(token => StreamAsync(messages, tools, updates, tell, token), ct);
            outcome = ModelOutcome.Answered;
            return response;
        }
        catch (ModelFault fault)
        {
            outcome = fault.Outcome;
            throw;
        }
        finally
        {
            await budget.SettleAsync(spender, call, UseOf(updates, outcome) with { Took = clock.GetElapsedTime(startedAt) });
        }
    }

    private async Task<ChatResponse> StreamAsync(
        IReadOnlyList<ChatMessage> messages, IList<AITool> tools, List<ChatResponseUpdate> updates, Func<string, ValueTask> tell,
        CancellationToken ct)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(options.Silence);
        var answer = client!.GetStreamingResponseAsync(messages,
            new ChatOptions { Tools = tools, MaxOutputTokens = options.MaxOutputTokens }, silence.Token);
        await using var reader = answer.GetAsyncEnumerator(silence.Token);
        while (await NextAsync(reader, ct))
        {
            silence.CancelAfter(options.Silence);
            updates.Add(reader.Current);
            if (reader.Current.Text.Length > 0) await tell(reader.Current.Text);
        }
        // An error in mid-stream and a stream that ends early raise nothing.
        var end = updates.FindLast(u => u.FinishReason is not null)?.FinishReason;
        if (end == ChatFinishReason.Length) throw new ModelFault(ModelOutcome.Failed, "The model's answer was longer than it may be.");
        if (end != ChatFinishReason.Stop && end != ChatFinishReason.ToolCalls)
            throw new ModelFault(ModelOutcome.Failed, "The model's answer broke off.");
        return updates.ToChatResponse();
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> reader, CancellationToken ct)
    {
        try
        {
            return await reader.MoveNextAsync();
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw ModelFault.Of(fault);
        }
    }

    private ModelUse UseOf(List<ChatResponseUpdate> updates, ModelOutcome outcome)
    {
        var said = updates.SelectMany(u => u.Contents).OfType<UsageContent>().Select(u => u.Details).LastOrDefault();
        if (said is not { InputTokenCount: { } input, OutputTokenCount: { } output })
            return new(null, null, outcome == ModelOutcome.Refused ? 0 : null, null, outcome, default);
        return new((int)input, (int)output, (int)(input + output), options.CostOf(input, output), outcome, default);
    }

    private static int LengthOf(AIContent content) => content switch
    {
        TextContent text => Tokens(text.Text),
        FunctionResultContent result => Tokens(result.Result?.ToString() ?? ""),
        _ => 50,
    };

    public void Dispose() => client?.Dispose();
}
