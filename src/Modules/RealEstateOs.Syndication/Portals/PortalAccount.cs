using System.Text;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Syndication.Portals;

public enum PortalAccountStatus
{
    Connected,

    /// <summary>The portal does not take the key any more: connect it again.</summary>
    ReconnectNeeded,
}

/// <summary>The office's access to a portal's API. Key and secret are sealed and never shown.</summary>
internal sealed class PortalAccount : Entity<PortalAccountId>
{
    public Portal Portal { get; set; }
    public PortalAccountStatus Status { get; set; }
    [Secret] public byte[] ApiKey { get; set; } = [];
    [Secret] public byte[] ApiSecret { get; set; } = [];
    /// <summary>What the portal signs its deliveries with.</summary>
    [Secret] public byte[] WebhookSecret { get; set; } = [];
    /// <summary>Part of the addresses that the portal calls; it opens nothing that the portal does not show anyway.</summary>
    public required string Token { get; set; }
    public DateTimeOffset? SubscribedAt { get; set; }
    public string? Trouble { get; set; }
}

/// <summary>Secrets of accounts at rest, sealed for one organization: a row that was copied elsewhere opens nothing.</summary>
internal sealed class PortalSeal(SecretBox box)
{
    public byte[] Seal(string secret, OrganizationId organization) => box.Seal(Encoding.UTF8.GetBytes(secret), PurposeOf(organization));

    /// <summary>Null where no key of ours opens it any more.</summary>
    public string? Open(byte[] sealed_, OrganizationId organization) =>
        box.Open(sealed_, PurposeOf(organization)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static string PurposeOf(OrganizationId organization) => $"portal account {organization.Value}";
}
