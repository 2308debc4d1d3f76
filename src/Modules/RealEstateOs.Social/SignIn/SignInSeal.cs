using System.Buffers.Text;
using System.Text.Json;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// The <c>state</c> of a sign-in: who began it, where, and until when, sealed. Only the same person can end it, so that nobody is led to
/// connect an account to somebody else's office.
/// </summary>
internal sealed class SignInSeal(SecretBox box, TimeProvider clock)
{
    private const string Purpose = "social sign-in";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // Short names: X takes states of 500 characters.
    private sealed record Sealed(long O, long U, SocialPlatform P, string V, long E);

    public SignInAttempt Begin(SocialPlatform platform, CurrentUser user, string redirectUrl)
    {
        var ends = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var attempt = new Sealed(user.OrganizationId.Value, user.Id.Value, platform, Secrets.NewToken(), ends);
        var state = Base64Url.EncodeToString(box.Seal(JsonSerializer.SerializeToUtf8Bytes(attempt), Purpose));
        return new(platform, state, attempt.V, redirectUrl);
    }

    /// <summary>Null where it is none of ours, its time is over, or somebody else began it.</summary>
    public SignInAttempt? Open(string state, CurrentUser user, string redirectUrl)
    {
        if (!Base64Url.IsValid(state) || box.Open(Base64Url.DecodeFromChars(state), Purpose) is not { } json) return null;
        var attempt = JsonSerializer.Deserialize<Sealed>(json)!;
        var isTheirs = attempt.O == user.OrganizationId.Value && attempt.U == user.Id.Value;
        return isTheirs && attempt.E > clock.GetUtcNow().ToUnixTimeSeconds() ? new(attempt.P, state, attempt.V, redirectUrl) : null;
    }
}
