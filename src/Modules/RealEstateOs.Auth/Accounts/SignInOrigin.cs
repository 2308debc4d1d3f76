using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Where an attempt to sign in comes from: a device that has signed in to this account before, else a network.</summary>
internal sealed record SignInOrigin(byte[] Hash, bool IsKnownDevice)
{
    /// <summary>A stranger's guesses count for their network.</summary>
    public static SignInOrigin Of(ChangeOrigin request) => new(Secrets.Hash("network " + request.Network), false);

    /// <summary>Who is signed in already and gives the password once more.</summary>
    public static SignInOrigin Of(long session) =>
        new(Secrets.Hash(string.Create(CultureInfo.InvariantCulture, $"session {session}")), true);

    public static SignInOrigin Of(string device) => new(Secrets.Hash("device " + device), true);
}

/// <summary>
/// Proofs that a device has signed in to an account before, so that strangers who guess at the account can't lock its owner out.
/// Sealed, not kept: a proof says nothing but whose it is.
/// </summary>
internal sealed class KnownDevices(SecretBox box)
{
    private const string Purpose = "sign-in device";

    public string Prove(UserId user) =>
        Base64Url.EncodeToString(
            box.Seal(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{user.Value} {Guid.NewGuid():n}")), Purpose));

    /// <summary>The device, where this is a proof for the account.</summary>
    public SignInOrigin? Find(string? proof, UserId? account)
    {
        if (proof is null || account is not { } user || !Base64Url.IsValid(proof)) return null;
        if (box.Open(Base64Url.DecodeFromChars(proof), Purpose) is not { } opened) return null;
        var device = Encoding.UTF8.GetString(opened);
        return device.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{user.Value} "), StringComparison.Ordinal)
            ? SignInOrigin.Of(device) : null;
    }
}
