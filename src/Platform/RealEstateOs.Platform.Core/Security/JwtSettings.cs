using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace RealEstateOs.Platform.Security;

/// <summary>The key that signs access tokens. Production must bring one; elsewhere one is made and kept in the data folder.</summary>
public sealed record JwtSettings(SymmetricSecurityKey Key)
{
    public const string Issuer = "realestateos", Audience = "realestateos", StreamAudience = "realestateos-stream";
    public const string SessionClaim = "sid", OrganizationClaim = "org";
    private const int LeastBytes = 32;

    public static JwtSettings Load(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = configuration["Jwt:Key"] ?? configuration["JWT_SECRET_KEY"];
        if (string.IsNullOrWhiteSpace(text) && !environment.IsProduction()) text = KeptKey(configuration);
        if (string.IsNullOrWhiteSpace(text))
            throw new InvalidOperationException(
                "Jwt:Key is missing. Set the environment variable Jwt__Key to a random text of at least 32 characters.");
        if (Encoding.UTF8.GetByteCount(text) < LeastBytes)
            throw new InvalidOperationException($"Jwt:Key is too short: it needs at least {LeastBytes} characters.");
        return new JwtSettings(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(text)));
    }

    private static string KeptKey(IConfiguration configuration)
    {
        var path = Path.Combine(configuration["DataFolder"] ?? ".data", "jwt.key");
        if (File.Exists(path)) return File.ReadAllText(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        File.WriteAllText(path, key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return key;
    }
}
