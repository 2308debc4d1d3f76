using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Campaigns;

internal static class MarketingCampaignRecords
{
    private static readonly ListSpec<MarketingCampaign> Spec = new ListSpec<MarketingCampaign>()
        .Is("status", c => c.Status).Is("campaign_type", c => c.CampaignType).Is("property_id", c => c.PropertyId).Is("created_by",
            c => c.CreatedBy)
        .Range("created_at", c => c.CreatedAt).Range("budget", c => c.Budget)
        .Sort("created_at", c => c.CreatedAt).Sort("updated_at", c => c.UpdatedAt).Sort("name", c => c.Name).Sort("budget", c => c.Budget)
        .By("-created_at");

    /// <summary>The campaigns that match all filters, each with what was counted of it.</summary>
    public static Task<ListResult<MarketingCampaignResponse>> List(ListRequest list, MarketingDb db, CurrentUser user,
        CampaignFigures figures, CancellationToken ct) =>
            list.PageAsync(db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read), Spec, c => c.Id,
                c => MarketingCampaignResponse.Of(c), items => figures.CompleteAsync(items, ct), ct);

    /// <summary>One campaign with what was counted of it.</summary>
    public static async Task<Results<Ok<MarketingCampaignResponse>, NotFound>> Get(MarketingCampaignId id, MarketingDb db, CurrentUser user,
        CampaignFigures figures, CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read).FirstOrDefaultAsync(c => c.Id == id,
            ct) is not { } campaign) return TypedResults.NotFound();
        return TypedResults.Ok((await figures.CompleteAsync([MarketingCampaignResponse.Of(campaign)], ct))[0]);
    }

    /// <summary>Adds a campaign as a draft; its files are made when they are asked for.</summary>
    public static async Task<Created<MarketingCampaignResponse>> Create(CreateMarketingCampaignRequest request, MarketingDb db,
        NewCampaigns campaigns, CancellationToken ct)
    {
        var campaign = await campaigns.MakeAsync(request, request.Name!.Trim(), ct);
        (campaign.Subject, campaign.Content, campaign.Schedule) = (request.Subject, request.Content, request.Schedule);
        if (request.TargetChannels is null) campaign.Channels = [Vocabulary.Word(MarketingChannel.Email)];
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/marketing/campaigns/{campaign.Id.Reference()}",
            MarketingCampaignResponse.Of(campaign));
    }

    /// <summary>Changes the members that are present. What was approved becomes a draft again.</summary>
    public static async Task<Results<Ok<MarketingCampaignResponse>, NotFound>> Update(
        MarketingCampaignId id, UpdateMarketingCampaignRequest request, MarketingDb db, CurrentUser user, NewCampaigns campaigns,
        CampaignFigures figures, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, MarketingPermissions.Update, ct) is not { } campaign) return TypedResults.NotFound();
        await campaigns.FindAsync(request, ct);
        if (request.Has(nameof(request.PropertyId))) campaign.PropertyId = request.PropertyId;
        campaign.CampaignType = request.CampaignType ?? campaign.CampaignType;
        campaign.Name = request.Name?.Trim() ?? campaign.Name;
        campaign.Subject = request.Given(request.Subject, campaign.Subject);
        campaign.Content = request.Given(request.Content, campaign.Content);
        campaign.Schedule = request.Given(request.Schedule, campaign.Schedule);
        NewCampaigns.Apply(request, campaign);
        if (db.ChangedMembers(campaign, nameof(campaign.Budget), nameof(campaign.Metadata)).Length > 0) campaign.Reopen();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await figures.CompleteAsync([MarketingCampaignResponse.Of(campaign)], ct))[0]);
    }

    /// <summary>Hides the campaign and takes its page off the net. It can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(MarketingCampaignId id, MarketingDb db, CurrentUser user,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, MarketingPermissions.Delete, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.DeletedAt = clock.Now();
        if (await db.LandingPages.FirstOrDefaultAsync(p => p.CampaignId == id, ct) is { } page) page.Withdraw();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted campaign back; its page stays off the net until the next launch.</summary>
    public static async Task<Results<Ok<MarketingCampaignResponse>, NotFound>> Restore(MarketingCampaignId id, MarketingDb db,
        CurrentUser user, CampaignFigures figures, CancellationToken ct)
    {
        if (await db.Campaigns.WithDeleted().VisibleTo(user, MarketingPermissions.Delete).FirstOrDefaultAsync(
            c => c.Id == id, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.DeletedAt = null;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await figures.CompleteAsync([MarketingCampaignResponse.Of(campaign)], ct))[0]);
    }
}
