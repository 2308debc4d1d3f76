using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Hashes and checks passwords. Costs a tenth of a second by intent: never call it with a connection in hand.</summary>
internal sealed class Passwords
{
    // Identity's format 3: version (1 byte), function (4), iterations (4), length of the salt (4), salt, key.
    private const int IterationsAt = 5;

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> hasher;
    private readonly string nobodysHash;

    public Passwords(IOptions<AuthOptions> options)
    {
        hasher = Hasher(options.Value.PasswordIterations);
        nobodysHash = HashOfNobody(options.Value.PasswordIterations);
    }

    public string Hash(string password) => hasher.HashPassword(this, password);

    /// <summary>Takes as long for an account that does not exist, or has no password yet, as for a wrong password.</summary>
    public PasswordCheck Check(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(this, hash ?? nobodysHash, password);
        if (hash is null || result == PasswordVerificationResult.Failed) return PasswordCheck.Wrong;
        return result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordCheck.RightButWeaklyHashed : PasswordCheck.Right;
    }

    /// <summary>Takes as long to check as a hash of so many iterations, and no time to make: each start needs one.</summary>
    internal static string HashOfNobody(int iterations)
    {
        var hash = Convert.FromBase64String(Hasher(1).HashPassword(Nobody, Secrets.NewToken()));
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(IterationsAt), iterations);
        return Convert.ToBase64String(hash);
    }

    private static PasswordHasher<object> Hasher(int iterations) =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
}

internal enum PasswordCheck { Wrong, Right, RightButWeaklyHashed }
