using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Assistant.Answers;

internal static class Assist
{
    /// <summary>Answers a question from what the asker may see. The sources that the answer rests on stand beside it.</summary>
    public static async Task<Ok<AnswerResponse>> Handle(AssistRequest request, Answerer answerer, IPropertyReader properties,
        CancellationToken ct) =>
            TypedResults.Ok(await answerer.AnswerAsync(await ReadAsync(request, properties, ct), null, ct));

    /// <summary>The question, about a property that the asker may see.</summary>
    internal static async Task<Question> ReadAsync(AssistRequest request, IPropertyReader properties, CancellationToken ct)
    {
        if (request.PropertyId is not { } id) return new Question(request.Message!.Trim());
        await properties.RequireAsync([id], ct);
        return new Question(request.Message!.Trim(), (await properties.SummariesAsync([id], ct)).GetValueOrDefault(id));
    }
}

/// <summary>A question that is answered in the background.</summary>
public sealed record AssistTaskAccepted : JobAnswer
{
    /// <summary>The job's reference once more.</summary>
    public required string TaskId { get; init; }
}

internal sealed record QuestionToAnswer(string Message, PropertyId? PropertyId);

internal static class AssistTask
{
    public const string Kind = "assistant.answer";

    /// <summary>Answers a question in the background; the answer is the job's result, for who asked.</summary>
    public static async Task<Accepted<AssistTaskAccepted>> Handle(AssistRequest request, IPropertyReader properties, JobQueue jobs,
        CancellationToken ct)
    {
        var question = await Assist.ReadAsync(request, properties, ct);
        var answer = (await jobs.EnqueueAsync(Kind, new QuestionToAnswer(question.Text, request.PropertyId), ct,
            resource: request.PropertyId?.Reference())).ToAnswer();
        return TypedResults.Accepted(answer.ProgressUrl, new AssistTaskAccepted
        {
            TaskId = answer.JobId, JobId = answer.JobId, Status = answer.Status, ProgressUrl = answer.ProgressUrl,
            EstimatedCompletion = answer.EstimatedCompletion,
        });
    }
}

/// <summary>As the asker, with what they may see by now.</summary>
internal sealed class RunAssistTask(Answerer answerer, IPropertyReader properties, CurrentUser user, ISessionDirectory sessions)
    : IJobHandler<QuestionToAnswer>
{
    public async Task<object?> RunAsync(QuestionToAnswer input, JobContext context, CancellationToken ct)
    {
        await user.ActForAsync(context.CreatedBy, sessions, ct);
        if (!user.May(AssistantPermissions.Use)) throw new PermanentJobFailure("Who asked may not use the assistant any more.");
        await context.ReportAsync(10, "Looking", ct);
        var property = input.PropertyId is { } id ? (await properties.SummariesAsync([id], ct)).GetValueOrDefault(id) : null;
        return await answerer.AnswerAsync(new Question(input.Message, property), null, ct);
    }
}
