using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

internal static class CampaignRecords
{
    private static readonly ListSpec<Campaign> Spec = new ListSpec<Campaign>()
        .Is("status", c => c.Status).Is("campaign_type", c => c.CampaignType).Is("template_id", c => c.TemplateId)
        .Is("property_id", c => c.PropertyId).Is("created_by",
            c => c.CreatedBy)
        .Range("created_at", c => c.CreatedAt).Range("scheduled_at", c => c.ScheduledAt)
        .Sort("created_at", c => c.CreatedAt).Sort("name", c => c.Name).Sort("scheduled_at", c => c.ScheduledAt).Sort("sent_count",
            c => c.SentCount)
        .By("-created_at");

    /// <summary>The campaigns that match all filters.</summary>
    public static Task<ListResult<CampaignResponse>> List(ListRequest list, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Campaigns.AsNoTracking().VisibleTo(user, CampaignPermissions.Read), Spec, c => c.Id,
            CampaignResponse.Projection, ct);

    /// <summary>One campaign with its counters.</summary>
    public static Task<Results<Ok<CampaignResponse>, NotFound>> Get(CampaignId id, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        db.Campaigns.AsNoTracking().VisibleTo(user, CampaignPermissions.Read).Where(c => c.Id == id)
            .Select(CampaignResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds a campaign as a draft.</summary>
    public static async Task<Created<CampaignResponse>> Create(CreateCampaignRequest request, OutreachDb db,
        IPropertyReader properties, CancellationToken ct)
    {
        var campaign = new Campaign();
        await ApplyAsync(request, campaign, db, properties, ct);
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/campaigns/{campaign.Id.Value}", CampaignResponse.Of(campaign));
    }

    /// <summary>Changes the members that are present, until the campaign is sent.</summary>
    public static async Task<Results<Ok<CampaignResponse>, NotFound>> Update(CampaignId id, UpdateCampaignRequest request, OutreachDb db,
        CurrentUser user, IPropertyReader properties, CancellationToken ct)
    {
        if (await FindAsync(db, id, user, CampaignPermissions.Update, ct) is not { } campaign) return TypedResults.NotFound();
        if (!campaign.IsEditable)
            throw Problem.Conflict($"A campaign that is {Vocabulary.Word(campaign.Status)} does not change any more.");
        if (request.Status is { } status && status != campaign.Status)
            throw Problem.Conflict("The status changes by send, schedule, pause, resume and cancel.");
        await ApplyAsync(request, campaign, db, properties, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(CampaignResponse.Of(campaign));
    }

    /// <summary>Hides the campaign; what waits to be sent stays here. It can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(CampaignId id, OutreachDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        if (await FindAsync(db, id, user, CampaignPermissions.Delete, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.DeletedAt = clock.Now();
        if (campaign.Status is CampaignStatus.InProgress or CampaignStatus.Scheduled or CampaignStatus.Paused) campaign.Cancel();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted campaign back.</summary>
    public static async Task<Results<Ok<CampaignResponse>, NotFound>> Restore(CampaignId id, OutreachDb db, CurrentUser user,
        CancellationToken ct)
    {
        var all = db.Campaigns.WithDeleted().VisibleTo(user, CampaignPermissions.Delete);
        if (await all.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.DeletedAt = null;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(CampaignResponse.Of(campaign));
    }

    /// <summary>
    /// For a change, under a lock: the counters of a campaign that is being sent change all the time, and would make the change come too
    /// late.
    /// </summary>
    internal static Task<Campaign?> FindAsync(OutreachDb db, CampaignId id, CurrentUser user, string permission, CancellationToken ct) =>
        db.Campaigns.FromSql($"select *, xmin from outreach.campaigns where id = {id.Value} for update").VisibleTo(user,
            permission).FirstOrDefaultAsync(ct);

    private static async Task ApplyAsync(CampaignFields body, Campaign campaign, OutreachDb db, IPropertyReader properties,
        CancellationToken ct)
    {
        CampaignTemplate? template = null;
        if (body.TemplateId is { } id)
            template = await db.CampaignTemplates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct)
                ?? throw Problem.Invalid(FieldError.Format("template_id", "names no template of the organization"));
        if (body.PropertyId is { } about && about != campaign.PropertyId) await properties.RequireAsync([about], ct);
        campaign.PropertyId = body.Given(body.PropertyId, campaign.PropertyId);
        campaign.Name = body.Given(body.Name?.Trim(), campaign.Name, nameof(body.Name))!;
        campaign.CampaignType = body.CampaignType ?? campaign.CampaignType;
        campaign.TemplateId = body.Given(body.TemplateId, campaign.TemplateId);
        campaign.Content = body.Content ?? (campaign.Content.Length > 0 ? campaign.Content : template?.Content ?? "");
        campaign.Subject = body.Has(nameof(body.Subject)) ? body.Subject : campaign.Subject ?? template?.Subject;
        campaign.Description = body.Given(body.Description, campaign.Description);
        if (body.ScheduledAt is { } at && at != campaign.ScheduledAt && at < db.Work.Clock.GetUtcNow().AddMinutes(-1))
            throw Problem.Invalid(FieldError.Range("scheduled_at", "is a time in the past"));
        campaign.ScheduledAt = body.Given(body.ScheduledAt, campaign.ScheduledAt);
        campaign.Metadata = body.Given(body.Metadata, campaign.Metadata);
        if (campaign.CampaignType == CampaignType.Email && string.IsNullOrWhiteSpace(campaign.Subject))
            throw Problem.Invalid(FieldError.Missing("subject"));
    }
}

internal static class CampaignTemplates
{
    private static readonly ListSpec<CampaignTemplate> Spec = new ListSpec<CampaignTemplate>()
        .Is("campaign_type", t => t.CampaignType).Flag("is_active", t => t.IsActive)
        .Sort("created_at", t => t.CreatedAt).Sort("name", t => t.Name)
        .By("-created_at");

    /// <summary>The templates of campaigns.</summary>
    public static Task<ListResult<CampaignTemplateResponse>> List(ListRequest list, OutreachDb db, CancellationToken ct) =>
        list.PageAsync(db.CampaignTemplates.AsNoTracking(), Spec, t => t.Id, CampaignTemplateResponse.Projection, ct);

    /// <summary>One template.</summary>
    public static Task<Results<Ok<CampaignTemplateResponse>, NotFound>> Get(CampaignTemplateId id, OutreachDb db, CancellationToken ct) =>
        db.CampaignTemplates.AsNoTracking().Where(t => t.Id == id).Select(CampaignTemplateResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds a template. An unknown variable is refused, and the answer lists the known ones.</summary>
    public static async Task<Created<CampaignTemplateResponse>> Create(CreateCampaignTemplateRequest request, OutreachDb db,
        CancellationToken ct)
    {
        var template = new CampaignTemplate();
        Apply(request, template);
        db.Add(template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/campaigns/templates/{template.Id.Value}", CampaignTemplateResponse.Of(template));
    }

    /// <summary>Changes the members that are present; campaigns keep the text that they took.</summary>
    public static async Task<Results<Ok<CampaignTemplateResponse>, NotFound>> Update(CampaignTemplateId id,
        UpdateCampaignTemplateRequest request, OutreachDb db, CancellationToken ct)
    {
        if (await db.CampaignTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        Apply(request, template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(CampaignTemplateResponse.Of(template));
    }

    /// <summary>Hides the template.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(CampaignTemplateId id, OutreachDb db, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.CampaignTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        template.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static void Apply(CampaignTemplateFields body, CampaignTemplate template)
    {
        template.Name = body.Given(body.Name?.Trim(), template.Name, nameof(body.Name))!;
        template.CampaignType = body.CampaignType ?? template.CampaignType;
        template.Subject = body.Given(body.Subject, template.Subject);
        template.Content = body.Given(body.Content, template.Content)!;
        template.Description = body.Given(body.Description, template.Description);
        template.IsActive = body.IsActive ?? template.IsActive;
    }
}
