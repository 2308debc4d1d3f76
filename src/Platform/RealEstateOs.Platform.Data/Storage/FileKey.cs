using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Storage;

/// <summary>The name of a stored file: its tenant, its month, 128 bits of chance and an ending of ours. Anything else is no key.</summary>
public readonly partial record struct FileKey
{
    private FileKey(string value) => Value = value;

    public string Value { get; }

    public static FileKey New(OrganizationId organization, string ending, DateTimeOffset now) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"org{organization.Value}/{now.UtcDateTime:yyyy-MM}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}{ending}"));

    /// <summary>Reads a key that was kept in the database or in a signed link.</summary>
    public static bool TryParse(string? text, out FileKey key)
    {
        key = text is not null && Form().IsMatch(text) ? new FileKey(text) : default;
        return key.Value is not null;
    }

    public static FileKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException("This is no key of a stored file.");

    public override string ToString() => Value;

    [GeneratedRegex(@"\Aorg\d{1,19}/\d{4}-\d{2}/[0-9a-f]{32}\.[a-z0-9]{1,8}\z")]
    private static partial Regex Form();
}
