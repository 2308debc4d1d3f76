using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

public sealed record CampaignJobResponse : JobAnswer
{
    public CampaignId Id { get; init; }
    public CampaignId CampaignId { get; init; }
    /// <summary>The campaign's status now.</summary>
    public CampaignStatus CampaignStatus { get; init; }
    /// <summary>When it will leave; null for at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
}

internal static class SendCampaign
{
    /// <summary>
    /// Sends the campaign now, or at a time, to the leads named that the user may see; progress is on the stream and in the counters. With
    /// <c>send_now: false</c> alone it keeps whom it is for and stays as it is: a 200 with the campaign.
    /// </summary>
    public static async Task<Results<Accepted<CampaignJobResponse>, Ok<CampaignResponse>, NotFound>> Handle(
        CampaignId id, SendCampaignRequest request, OutreachDb db, ILeadReader leads, JobQueue jobs, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        if (await CampaignRecords.FindAsync(db, id, user, CampaignPermissions.Send, ct) is not { } campaign) return TypedResults.NotFound();
        if (campaign.CampaignType is not (CampaignType.Email or CampaignType.Sms))
            throw Problem.Conflict($"A campaign by {Vocabulary.Word(campaign.CampaignType)} does not leave by e-mail or text message.");
        if (request.LeadIds is { Length: > 0 } named) await leads.RequireAllAsync(named, ct);
        var wish = request.Wish ?? campaign.Audience?.Deserialize<LeadWish>(Json.Options) ?? new LeadWish();
        if (request.KeepsDraft)
        {
            campaign.Keep(request.Wish is null ? campaign.Audience : JsonSerializer.SerializeToElement(wish.SeenBy(user), Json.Options));
            await db.SaveChangesAsync(ct);
            return TypedResults.Ok(CampaignResponse.Of(campaign));
        }
        campaign.Audience = JsonSerializer.SerializeToElement(wish.SeenBy(user), Json.Options);
        var at = request.SendAt is { } time && time > clock.Now() ? time : (DateTimeOffset?)null;
        if (at is { } later) campaign.Schedule(later);
        else campaign.Start(clock.Now());
        await db.SaveChangesAsync(ct);
        return await EnqueueAsync(campaign, jobs, at, ct);
    }

    /// <summary>Holds the campaign: what has not left stays.</summary>
    public static Task<Results<Ok<CampaignResponse>, NotFound>> Pause(CampaignId id, OutreachDb db, CurrentUser user,
        CancellationToken ct) =>
            ChangeAsync(id, db, user, c => c.Pause(), ct);

    /// <summary>Ends the campaign: what has not left never will.</summary>
    public static Task<Results<Ok<CampaignResponse>, NotFound>> Cancel(CampaignId id, OutreachDb db, CurrentUser user,
        CancellationToken ct) =>
            ChangeAsync(id, db, user, c => c.Cancel(), ct);

    /// <summary>Goes on with a paused campaign.</summary>
    public static async Task<Results<Accepted<CampaignJobResponse>, NotFound>> Resume(CampaignId id, OutreachDb db, JobQueue jobs,
        CurrentUser user, CancellationToken ct)
    {
        if (await CampaignRecords.FindAsync(db, id, user, CampaignPermissions.Send, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.Resume();
        await db.SaveChangesAsync(ct);
        return await EnqueueAsync(campaign, jobs, null, ct);
    }

    private static async Task<Results<Ok<CampaignResponse>, NotFound>> ChangeAsync(CampaignId id, OutreachDb db, CurrentUser user,
        Action<Campaign> change, CancellationToken ct)
    {
        if (await CampaignRecords.FindAsync(db, id, user, CampaignPermissions.Send, ct) is not { } campaign) return TypedResults.NotFound();
        change(campaign);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(CampaignResponse.Of(campaign));
    }

    private static async Task<Accepted<CampaignJobResponse>> EnqueueAsync(Campaign campaign, JobQueue jobs, DateTimeOffset? at,
        CancellationToken ct)
    {
        var job = JobAnswer.Of(await jobs.EnqueueAsync(DeliverCampaign.Kind, new CampaignToSend(campaign.Id), ct, at,
            campaign.Id.Reference()));
        return TypedResults.Accepted((string?)null, new CampaignJobResponse
        {
            JobId = job.JobId, Status = job.Status, ProgressUrl = job.ProgressUrl, EstimatedCompletion = job.EstimatedCompletion,
            Id = campaign.Id, CampaignId = campaign.Id, CampaignStatus = campaign.Status, ScheduledAt = campaign.ScheduledAt,
        });
    }
}
