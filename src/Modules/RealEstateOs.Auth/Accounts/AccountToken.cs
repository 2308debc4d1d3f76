using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

internal enum TokenPurpose { VerifyEmail, ResetPassword, Invitation }

/// <summary>The secret of a mailed link, by its hash; good for one use within its time.</summary>
internal sealed class AccountToken : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public UserId UserId { get; set; }
    public TokenPurpose Purpose { get; set; }
    /// <summary>Where it was mailed to: worth nothing once the user has another address.</summary>
    public string Email { get; set; } = "";
    [Secret] public byte[] Hash { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}
