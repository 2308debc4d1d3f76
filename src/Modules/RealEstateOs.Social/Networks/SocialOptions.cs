using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Social.Networks;

/// <summary>Section <c>Social</c>: where the networks are and how patiently they are asked.</summary>
public sealed record SocialOptions : IValidatableObject
{
    public const string Section = "Social";

    /// <summary>
    /// The page that networks lead back to after a sign-in, as it is registered with them; it sends <c>state</c> and <c>code</c> on. By
    /// default a page of ours.
    /// </summary>
    public Uri? RedirectUrl { get; set; }

    public MetaOptions Meta { get; set; } = new();
    public LinkedinOptions Linkedin { get; set; } = new();
    public XOptions X { get; set; } = new();

    /// <summary>How long one call may take. What was sent and not answered by then may have arrived.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a post stays with the host that took it, without a sign of life.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(24);

    /// <summary>A post that is later than this (everything was down) is held instead of sent.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The wait before a post that may have arrived is looked for; it doubles with each look.</summary>
    public TimeSpan FirstLook { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after it was published, and after the last time, a post is measured.</summary>
    public TimeSpan MeasureEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Accounts of one office that are served at once.</summary>
    [Range(1, 64)] public int Concurrency { get; set; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Whoever finds a post after its lease has to know that no call is under way any more.
        if (Lease < CallTimeout) yield return new ValidationResult("Social:Lease must not be shorter than Social:CallTimeout.");
    }
}

/// <summary>Meta's Graph API: Instagram and Facebook pages.</summary>
public sealed record MetaOptions
{
    public Uri Url { get; set; } = new("https://graph.facebook.com/");

    /// <summary>Part of each address; Meta ends a version about two years after it came.</summary>
    public string Version { get; set; } = "v25.0";

    /// <summary>The day on which the version ends.</summary>
    public DateOnly? VersionEndsOn { get; set; } = new(2028, 7, 29);
    public Uri SignInUrl { get; set; } = new("https://www.facebook.com/");
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
    public string FacebookScopes { get; set; } = "pages_show_list,pages_manage_posts,pages_read_engagement,read_insights";
    public string InstagramScopes { get; set; } =
        "pages_show_list,pages_read_engagement,instagram_basic,instagram_content_publish,instagram_manage_insights";
}

public sealed record LinkedinOptions
{
    public Uri Url { get; set; } = new("https://api.linkedin.com/");

    /// <summary>The header <c>LinkedIn-Version</c>; each month's version lives about a year, then calls answer 426.</summary>
    public string Version { get; set; } = "202607";
    public DateOnly? VersionEndsOn { get; set; } = new(2027, 7, 15);
    public Uri TokenUrl { get; set; } = new("https://www.linkedin.com/oauth/v2/accessToken");
    public Uri SignInUrl { get; set; } = new("https://www.linkedin.com/oauth/v2/authorization");

    /// <summary>
    /// For pages <c>w_organization_social r_organization_social rw_organization_admin</c>, which LinkedIn grants on request.
    /// </summary>
    public string Scopes { get; set; } = "openid profile w_member_social";
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
}

public sealed record XOptions
{
    public Uri Url { get; set; } = new("https://api.x.com/");
    public Uri SignInUrl { get; set; } = new("https://x.com/i/oauth2/authorize");
    public string Scopes { get; set; } = "tweet.read tweet.write users.read media.write offline.access";
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
}
