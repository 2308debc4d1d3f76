using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Integrations.Sending;

/// <summary>Secrets and signatures of Standard Webhooks 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
internal static class SigningSecret
{
    private const string Prefix = "whsec_";
    private const int Size = 32;

    /// <summary>A new secret: as its receiver writes it, and sealed for the database.</summary>
    public static (string Shown, byte[] Sealed) New(SecretBox box, OrganizationId organization)
    {
        var key = RandomNumberGenerator.GetBytes(Size);
        return (Prefix + Convert.ToBase64String(key), box.Seal(key, Purpose(organization)));
    }

    /// <summary>Null where the installation's key is not the one that it was sealed with.</summary>
    public static byte[]? Open(SecretBox box, byte[] sealedKey, OrganizationId organization) => box.Open(sealedKey, Purpose(organization));

    /// <summary>The header <c>webhook-signature</c>: one signature for each key, so that a receiver may verify with either.</summary>
    public static string Header(IEnumerable<byte[]> keys, string messageId, long timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.{body}"));
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    private static string Purpose(OrganizationId organization) => $"webhook secret of {organization.Reference()}";
}
