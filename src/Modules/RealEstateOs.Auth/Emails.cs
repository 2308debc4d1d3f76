using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.Auth;

internal static class Emails
{
    /// <summary>The key of the mailbox; what is no address never signs in, but is counted.</summary>
    public static string Normalize(string email) => EmailAddress.Normalise(email) ?? email.Trim().ToLowerInvariant();
}
