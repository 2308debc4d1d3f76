using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Sessions;

/// <summary>One sign-in: the family of refresh tokens that came from it.</summary>
internal sealed class Session : ITenantOwned
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public UserId UserId { get; set; }
    public string? IpAddress { get; set; }
    public string? UserAgent { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndReason { get; set; }
}

/// <summary>A refresh token, by its hash. Used once; its second use ends the session.</summary>
internal sealed class RefreshToken : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public long SessionId { get; set; }
    [Secret] public byte[] Hash { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.Property(s => s.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
    }

    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("refresh_tokens");
        token.Property(t => t.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
    }
}
