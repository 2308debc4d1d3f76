using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Enquiries;
using RealEstateOs.Leads.Routing;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Records;

internal static class CreateLead
{
    /// <summary>
    /// Adds a lead and scores it. Without <c>assigned_to</c> it is the agent's who enters it; with null, and where an administrator or a
    /// form enters it, the rules route it. The same e-mail address or phone number again is a 409, which shows the
    /// existing lead to who may see it; with <c>on_duplicate=merge</c> the submission goes into that one instead (200) where the user may
    /// change it. A submission that two leads share makes one of them, as merging does: that takes leads:delete. A colleague's
    /// <c>assigned_to</c> takes leads:assign. An enquiry with a <c>reference</c> that was sent before answers the lead that it became
    /// (200). With an API key the lead comes from outside: it has the key's source, the rules route it, who is known stays one person,
    /// and the answer is a 202 with no more than when it was received.
    /// </summary>
    /// <param name="onDuplicate"><c>reject</c> (default) or <c>merge</c>.</param>
    public static async Task<Results<Created<LeadResponse>, Ok<LeadResponse>, Received>> Handle(
        CreateLeadRequest request, LeadsDb db, CurrentUser user, NewLeads newLeads, LeadMerge merge, KeyedEnquiries keyed,
        IOrganizationDirectory organizations, IPropertyReader properties, IPropertyDirectory listings, CancellationToken ct,
        [FromQuery(Name = "on_duplicate")] string? onDuplicate = null)
    {
        if (user.Key is { } key) return new Received(await keyed.ReceiveAsync(request, key, ct));
        var merges = SamePerson.Merges(onDuplicate);
        if (request.AssignedTo is { } colleague && colleague != user.Id && user.ReachOf(LeadsPermissions.Assign) == Reach.None)
            throw Problem.Forbidden(LeadsPermissions.Assign);
        await organizations.RequireAsync(request.TeamId, request.AssignedTo, ct, userMember: "assigned_to");
        if (request.PropertyId is { } property) await properties.RequireAsync([property], ct);
        var country = (await organizations.DefaultsAsync(ct)).Country;
        var lead = new Lead();
        request.ApplyTo(lead, country);
        if (lead is { PropertyId: null, PortalReference: { } reference } && await listings.FindAsync(reference, ct) is { } listed
            && (await properties.SummariesAsync([listed], ct)).ContainsKey(listed)) lead.PropertyId = listed;
        var enquiry = ReceivedEnquiries.HashOf(lead);
        if (enquiry is not null && await db.KnownAsync(enquiry, ct) is { } sent)
            return await db.StandingAsync(sent, ct) is { } before && await db.SeesAsync(before.Id, user, ct)
                ? TypedResults.Ok(LeadResponse.Of(before)) : throw Problem.AlreadyExists("This enquiry was received before.");
        if (await db.LikeAsync(lead, ct, toMerge: merges) is { Count: > 0 } all)
        {
            if (!merges || !await MayMergeAsync(db, all, user, ct)) throw await db.RefusalAsync(lead, all, user, ct);
            lead.StartAt(request.Status ?? LeadStatus.New, db.Work.Clock.Now());
            if (user.ReachOf(LeadsPermissions.Assign) == Reach.All) lead.AssignTo(request.AssignedTo, db.Work.Clock.Now());
            var kept = await merge.SubmitAsync(all, lead, ct);
            if (enquiry is not null) await db.RememberAsync(kept.Id, enquiry, ct);
            return TypedResults.Ok(LeadResponse.Of(kept));
        }
        lead.TeamId ??= user.Principal.TeamId;
        var agent = request.Has(nameof(request.AssignedTo)) ? request.AssignedTo : user.EntersFor;
        await newLeads.AddAsync([new NewLead(lead, request.Status ?? LeadStatus.New, agent)], ct);
        if (enquiry is not null) await db.RememberAsync(lead.Id, enquiry, ct);
        return TypedResults.Created($"/api/v1/leads/{lead.Id.Value}", LeadResponse.Of(lead));
    }

    // As by their own routes: a change of the one lead there is, a merge where there are several.
    private static async Task<bool> MayMergeAsync(LeadsDb db, IReadOnlyList<Lead> leads, CurrentUser user, CancellationToken ct)
    {
        var ids = leads.Select(l => l.Id).ToArray();
        return await db.Leads.VisibleTo(user, leads.Count == 1 ? LeadsPermissions.Update : LeadsPermissions.Delete)
            .CountAsync(l => ids.Contains(l.Id), ct) == ids.Length;
    }
}

/// <summary>A lead that is about to be added.</summary>
internal sealed record NewLead(Lead Lead, LeadStatus Status, UserId? AssignedTo)
{
    public bool StartsSequences { get; init; } = true;
}

/// <summary>What becomes of new leads, wherever they come from: score, route, history, events. Duplicates were looked for before.</summary>
internal sealed class NewLeads(LeadsDb db, LeadScoring scoring, LeadRouter router, TimeProvider clock)
{
    public async Task AddAsync(IReadOnlyCollection<NewLead> leads, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (var (lead, status, agent) in leads)
        {
            lead.StartAt(status, now);
            if (agent is not null) lead.AssignTo(agent, now);
        }
        await router.RouteAsync([.. leads.Where(l => l.AssignedTo is null).Select(l => l.Lead)], ct);
        await scoring.ScoreAsync([.. leads.Select(l => l.Lead)], ct);
        db.AddRange(leads.Select(l => l.Lead));
        foreach (var added in leads) Tell(added.Lead, added.StartsSequences, now);
        await db.SaveChangesAsync(ct);
    }

    private void Tell(Lead lead, bool startsSequences, DateTimeOffset now)
    {
        var by = db.Work.Tenant.User;
        db.Append(() => new StatusMove { LeadId = lead.Id, ToStatus = lead.Status, MovedBy = by, MovedAt = now });
        db.AddTimeline(lead, "lead_created", "Lead Received", $"{lead.FullName} by {Vocabulary.Word(lead.Source).Replace('_', ' ')}"
            + (db.Work.User.Key is { } key ? $", {key.Name}" : ""));
        db.Raise(() => new LeadCreated(lead.Id, lead.TeamId, lead.Status, lead.Source, lead.Score, lead.AssignedTo, lead.PropertyId,
            lead.FullName, by) { StartsSequences = startsSequences });
        if (lead.AssignedTo is not null) db.TellAssigned(lead, null, lead.AssignedByRule is null ? "manual" : "rule");
    }
}
