using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Models;

/// <summary>Lends the model to other modules: instructions and material in, a text out, without tools.</summary>
internal sealed class ModelWriter(LanguageModel model, CurrentUser user, IOptions<ModelOptions> options, TimeProvider clock) : IModelWriter
{
    public string? Model => model.IsOn ? model.Name : null;

    public async Task<string> WriteAsync(string instructions, string material, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            ChatMessage[] messages = [new(ChatRole.System, instructions), new(ChatRole.User, material)];
            return (await model.AskAsync(user.Principal, messages, [], _ => ValueTask.CompletedTask, either.Token)).Text.Trim();
        }
        catch (ModelFault fault)
        {
            throw Problem.Unavailable(fault.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Problem.Unavailable("The model took too long.");
        }
    }
}
