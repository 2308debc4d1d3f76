using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads;

/// <summary>What every change of a lead leaves behind: status history, timeline, score, events.</summary>
internal static class LeadChanges
{
    /// <summary>
    /// The lead, if it exists and the user may do this to it; held, so that no merge takes it away meanwhile. One that was merged is a 404
    /// that says where it went.
    /// </summary>
    public static async Task<Lead?> FindAsync(this LeadsDb db, LeadId id, CurrentUser user, string permission, CancellationToken ct) =>
        await db.Held(id).VisibleTo(user, permission).FirstOrDefaultAsync(ct) switch
        {
            { DeletedAt: null } lead => lead,
            { MergedIntoId: { } into } => throw MergedLead.Gone(id, into),
            _ => null,
        };

    /// <summary>May the user see the lead? One that was merged is a 404 that says where it went.</summary>
    public static async Task<bool> SeesAsync(this LeadsDb db, LeadId id, CurrentUser user, CancellationToken ct)
    {
        if (await db.Leads.VisibleTo(user, LeadsPermissions.Read).AnyAsync(l => l.Id == id, ct)) return true;
        await db.TellIfMergedAsync(id, user, ct);
        return false;
    }

    /// <summary>Refuses with where the lead went, if it was merged into another one.</summary>
    public static async Task TellIfMergedAsync(this LeadsDb db, LeadId id, CurrentUser user, CancellationToken ct)
    {
        var gone = db.Leads.WithDeleted().VisibleTo(user, LeadsPermissions.Read).Where(l => l.Id == id && l.DeletedAt != null);
        if (await gone.Select(l => l.MergedIntoId).FirstOrDefaultAsync(ct) is { } into) throw MergedLead.Gone(id, into);
    }

    public static void Record(this LeadsDb db, Lead lead, StatusMove move, string? because = null)
    {
        db.Append(() => move);
        db.AddTimeline(lead, "status_changed", "Status Changed",
            $"From {Vocabulary.Word(move.FromStatus!.Value)} to {Vocabulary.Word(move.ToStatus)}"
                + (because is null ? "" : $": {because}"));
    }

    /// <summary>Gives the lead to an agent (or to nobody) and tells it; nothing happens where it is theirs already.</summary>
    public static void Assign(this LeadsDb db, Lead lead, UserId? agent, string reason, AssignmentRuleId? rule = null)
    {
        var before = lead.AssignedTo;
        if (!lead.AssignTo(agent, db.Work.Clock.Now(), rule)) return;
        db.TellAssigned(lead, before, reason);
    }

    /// <summary>Writes an assignment that was made already into timeline and events.</summary>
    public static void TellAssigned(this LeadsDb db, Lead lead, UserId? before, string reason)
    {
        db.AddTimeline(lead, "assigned", lead.AssignedTo is null ? "Unassigned" : "Assigned", reason);
        var by = db.Work.Tenant.User;
        db.Raise(() => new LeadAssigned(lead.Id, lead.TeamId, lead.Status, lead.AssignedTo, before, reason, by));
    }

    /// <summary>Scores anew, saves, and announces what changed, if anything did.</summary>
    public static Task SaveAsync(this LeadsDb db, Lead lead, LeadScoring scoring, CancellationToken ct) =>
        db.SaveAsync([lead], scoring, ct);

    /// <inheritdoc cref="SaveAsync(LeadsDb, Lead, LeadScoring, CancellationToken)"/>
    public static async Task SaveAsync(this LeadsDb db, IReadOnlyCollection<Lead> leads, LeadScoring scoring, CancellationToken ct)
    {
        await scoring.ScoreAsync(leads, ct);
        var by = db.Work.Tenant.User;
        foreach (var lead in leads)
        {
            var changed = db.ChangedMembers(lead, nameof(Lead.UpdatedAt));
            var tags = lead.Tags.Except(db.Entry(lead).Property(l => l.Tags).OriginalValue, StringComparer.Ordinal).ToArray();
            if (changed.Length > 0) db.Raise(
                () => new LeadUpdated(lead.Id, lead.TeamId, lead.Status, lead.Score, lead.AssignedTo, by, changed) { TagsAdded = tags });
        }
        await db.SaveChangesAsync(ct);
    }
}
