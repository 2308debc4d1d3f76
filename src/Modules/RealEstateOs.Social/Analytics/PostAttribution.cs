using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Analytics;

/// <summary>Writes down who came by a post; the same person counts once for it.</summary>
internal sealed class PostAttribution(SocialDb db, TimeProvider clock) : IPostAttribution
{
    public Task CameByAsync(string token, LeadId lead, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
         insert into social.post_leads (organization_id, post_id, lead_id, source, created_at)
         select organization_id, id, {lead.Value}, {Vocabulary.Word(PostLeadSource.Link)}, {clock.Now()}
         from social.posts where link_token = {token} and organization_id = {db.CurrentOrganization.Value}
         on conflict (post_id, lead_id) do nothing
         """, ct);
}

/// <example>{"lead_id": 1}</example>
public sealed record AttributeLeadRequest : IRequestBody<AttributeLeadRequest>
{
    public LeadId? LeadId { get; init; }
}

internal sealed class AttributeLeadValidator : AbstractValidator<AttributeLeadRequest>
{
    public AttributeLeadValidator() => RuleFor(r => r.LeadId).NotNull();
}

/// <summary>Somebody who came by a post.</summary>
/// <param name="Source"><c>link</c>: by its tracked link; <c>person</c>: somebody said so.</param>
/// <param name="PostId">Id of the post.</param>
public sealed record AttributedLead(string PostId, LeadId LeadId, PostLeadSource Source, DateTimeOffset CreatedAt);

internal static class AttributeLead
{
    /// <summary>Says that a lead came by a post, where no tracked link could tell: by a message on the network, say.</summary>
    public static async Task<Results<Ok<AttributedLead>, NotFound>> Handle(
        PostId id, AttributeLeadRequest request, SocialDb db, CurrentUser user, ILeadReader leads, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Update, ct) is null) return TypedResults.NotFound();
        var lead = (await leads.RequireAsync(request.LeadId, ct))!.Value;
        var known = await db.PostLeads.FirstOrDefaultAsync(l => l.PostId == id && l.LeadId == lead, ct);
        if (known is null)
        {
            db.Add(known = new PostLead { PostId = id, LeadId = lead, Source = PostLeadSource.Person, CreatedAt = clock.Now() });
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(new AttributedLead(id.Reference(), lead, known.Source, known.CreatedAt));
    }
}
