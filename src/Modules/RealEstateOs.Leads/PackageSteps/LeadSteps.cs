using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Leads.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class LeadSteps
{
    public static IServiceCollection AddLeadSteps(this IServiceCollection services) => services
        .AddWorkflowStep<LeadQualification, LeadInput>(
            "lead_qualification", "Lead qualification", "Scores the lead anew and says what is known of it.", LeadsPermissions.Update)
        .AddWorkflowStep<PropertyRecommendations, RecommendationsInput>(
            "property_recommendations", "Property recommendations", "Available properties that fit the lead's area, type and budget.",
            LeadsPermissions.Read)
        .AddWorkflowStep<FollowUpTask, FollowUpInput>(
            "follow_up_task", "Follow-up task", "Puts a dated task among the lead's activities.", LeadsPermissions.Update);

    /// <summary>The lead, or the one that it was merged into since.</summary>
    public static async Task<Lead> RequireAsync(this LeadsDb db, LeadId id, CurrentUser user, string permission, CancellationToken ct) =>
        await db.StandingAsync(id, ct) is { Id: var standing } && await db.FindAsync(standing, user, permission, ct) is { } lead
            ? lead : throw Problem.Invalid(FieldError.Format("lead_id", "names no lead that you can see"));
}

internal record LeadInput
{
    public required LeadId LeadId { get; init; }
}

internal sealed class LeadQualification(LeadsDb db, LeadScoring scoring, CurrentUser user) : IWorkflowStep<LeadInput>
{
    public async Task<StepResult> RunAsync(LeadInput input, StepContext context, CancellationToken ct)
    {
        var lead = await db.RequireAsync(input.LeadId, user, LeadsPermissions.Update, ct);
        await db.SaveAsync(lead, scoring, ct);
        return StepResult.Done(new
        {
            score = lead.Score, reasons = lead.ScoreReasons, status = lead.Status, area = lead.Area, budget = lead.Budget,
            first_name = lead.FirstName,
            assigned_to = lead.AssignedTo, has_email = lead.Email is not null, has_phone = lead.Phone is not null,
        });
    }
}

internal sealed record RecommendationsInput : LeadInput
{
    /// <summary>1 to 20, 5 by default.</summary>
    public int? Limit { get; init; }
}

internal sealed class PropertyRecommendations(LeadsDb db, IPropertyReader properties, IOrganizationDirectory organizations,
    CurrentUser user)
    : IWorkflowStep<RecommendationsInput>
{
    public async Task<StepResult> RunAsync(RecommendationsInput input, StepContext context, CancellationToken ct)
    {
        var lead = await db.RequireAsync(input.LeadId, user, LeadsPermissions.Read, ct);
        if (lead.Area is null && lead.PropertyType is null && lead.Budget is null)
            return StepResult.Skipped("Neither area nor type nor budget of the lead is known, so nothing can be recommended.");
        if (lead.Intent.Seeks() is not { } purpose)
            return StepResult.Skipped("The lead has a home to offer and looks for none.");
        var wish = new PropertyWish
        {
            Purpose = purpose, RentPeriod = RentPeriods.UsualIn((await organizations.DefaultsAsync(ct)).Country),
            Areas = lead.Area is { } area ? [area] : [], Types = lead.PropertyType is { } type ? [type] : [],
            MinBedrooms = lead.Bedrooms, MaxPrice = lead.Budget * 1.1m,
        };
        var found = await properties.CandidatesAsync(wish, Math.Clamp(input.Limit ?? 5, 1, 20), ct);
        if (found.Count == 0) return StepResult.Skipped("No available property fits the lead's area, type and budget.");
        var lines = found.Select(p => new { property_id = p.Id.Reference(), address = p.Address, community = p.Community, price = p.Price,
            currency = p.Currency, rent_period = p.RentPeriod, bedrooms = p.Bedrooms });
        return StepResult.Done(new { properties = lines }, new Deliverable("Property Recommendations", null));
    }
}

internal sealed record FollowUpInput : LeadInput
{
    /// <summary>To follow up, in the office's language, by default.</summary>
    public string? Subject { get; init; }
    public string? Description { get; init; }
    /// <summary>0 to 8760, 48 by default.</summary>
    public double? DueInHours { get; init; }
}

internal sealed class FollowUpTask(LeadsDb db, ILeadWork work, IOrganizationDirectory organizations, CurrentUser user, TimeProvider clock)
    : IWorkflowStep<FollowUpInput>
{
    public async Task<StepResult> RunAsync(FollowUpInput input, StepContext context, CancellationToken ct)
    {
        if (input.DueInHours is < 0 or > 8760) throw Problem.Invalid(FieldError.Range("due_in_hours", "is 0 to 8760"));
        var lead = await db.RequireAsync(input.LeadId, user, LeadsPermissions.Update, ct);
        var due = clock.Now().AddHours(input.DueInHours ?? 48);
        var about = JsonSerializer.SerializeToElement(new { execution = context.Reference, step = context.StepName }, Json.Options);
        var subject = input.Subject
            ?? (PageWords.IsArabicTag((await organizations.DefaultsAsync(ct)).Locale) ? "متابعة" : "Follow up");
        var id = (await work.AddTasksAsync(
            [new LeadTask(lead.Id, LeadActivityType.Task, subject, input.Description ?? subject, due, about)], ct))[0];
        return StepResult.Done(new { activity_id = id, due_at = due }, new Deliverable("Follow-up Schedule", id.Reference()));
    }
}
