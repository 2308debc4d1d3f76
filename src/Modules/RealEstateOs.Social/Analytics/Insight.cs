using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Analytics;

public enum InsightSource { Network, Csv }

/// <summary>What a network counted of a post, as it stood at a time. Null: not measured.</summary>
internal sealed class Insight : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PostId PostId { get; set; }
    public DateTimeOffset MeasuredAt { get; set; }
    public InsightSource Source { get; set; }
    public long? Views { get; set; }
    public long? Reach { get; set; }
    public long? Likes { get; set; }
    public long? Comments { get; set; }
    public long? Shares { get; set; }
    public long? Saves { get; set; }
    public long? Clicks { get; set; }
}

/// <summary>How often a post's link was followed on a day.</summary>
[PrimaryKey(nameof(PostId), nameof(Day))]
internal sealed class LinkDay : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public PostId PostId { get; set; }
    public DateOnly Day { get; set; }
    public long Clicks { get; set; }
}

/// <summary>How it is known that a lead came by a post: by its tracked link, or because somebody said so.</summary>
public enum PostLeadSource { Link, Person }

/// <summary>Somebody who became a lead through a post.</summary>
[PrimaryKey(nameof(PostId), nameof(LeadId))]
internal sealed class PostLead : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public PostId PostId { get; set; }
    public LeadId LeadId { get; set; }
    public PostLeadSource Source { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
