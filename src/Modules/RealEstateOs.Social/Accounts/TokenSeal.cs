using System.Text;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Security;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Accounts;

/// <summary>The tokens of accounts at rest: sealed for one organization, so that a row that was copied elsewhere opens nothing.</summary>
internal sealed class TokenSeal(SecretBox box)
{
    public byte[] Seal(string token, OrganizationId organization) => box.Seal(Encoding.UTF8.GetBytes(token), PurposeOf(organization));

    /// <summary>Null where no key of ours opens them any more: the account has to be connected anew.</summary>
    public OpenTokens? Open(SocialAccount account) =>
        Text(account.AccessToken, account.OrganizationId) is { } access
            ? new OpenTokens(access, account.RefreshToken is { } refresh ? Text(refresh, account.OrganizationId) : null) : null;

    private string? Text(byte[] sealed_, OrganizationId organization) =>
        box.Open(sealed_, PurposeOf(organization)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static string PurposeOf(OrganizationId organization) => $"social token {organization.Value}";
}
