using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Hashes and checks passwords. Costs a tenth of a second by intent: never call it with a connection in hand.</summary>
internal sealed class Passwords
{
    private readonly PasswordHasher<object> hasher;
    private readonly string nobodysHash;

    public Passwords(IOptions<AuthOptions> options)
    {
        hasher = new PasswordHasher<object>(
            Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        nobodysHash = Hash(Secrets.NewToken());
    }

    public string Hash(string password) => hasher.HashPassword(this, password);

    /// <summary>Takes as long for an account that does not exist, or has no password yet, as for a wrong password.</summary>
    public PasswordCheck Check(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(this, hash ?? nobodysHash, password);
        if (hash is null || result == PasswordVerificationResult.Failed) return PasswordCheck.Wrong;
        return result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordCheck.RightButWeaklyHashed : PasswordCheck.Right;
    }
}

internal enum PasswordCheck { Wrong, Right, RightButWeaklyHashed }
