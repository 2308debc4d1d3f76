using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social;

public enum SocialAccountStatus
{
    Connected,

    /// <summary>The network does not take its token any more: somebody has to sign in there again.</summary>
    ReconnectNeeded,
}

/// <summary>An account of the office on a network. Its tokens are sealed and never shown.</summary>
internal sealed class SocialAccount : Entity<SocialAccountId>
{
    public SocialPlatform Platform { get; set; }
    public required string Name { get; set; }
    /// <summary>
    /// The network's own id: an Instagram user, a page, <c>urn:li:organization:1</c> or <c>urn:li:person:…</c>, a user of X.
    /// </summary>
    public required string ExternalId { get; set; }
    public SocialAccountStatus Status { get; set; }
    [Secret] public byte[] AccessToken { get; set; } = [];
    [Secret] public byte[]? RefreshToken { get; set; }
    public DateTimeOffset? TokenExpiresAt { get; set; }
    public DateTimeOffset? TokenRefreshedAt { get; set; }
    /// <summary>Posts that name no account of their own go here.</summary>
    public bool IsDefault { get; set; }
    /// <summary>The network wants to be left alone until then.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
    public string? Trouble { get; set; }
}
