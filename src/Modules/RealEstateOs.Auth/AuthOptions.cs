using System.Globalization;

namespace RealEstateOs.Auth;

/// <summary>Section <c>Auth</c> of the configuration.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(30);
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(7);
    /// <summary>How long a client whose answer was lost may repeat its refresh, with the same Idempotency-Key.</summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(30);
    public TimeSpan ResetTokenLifetime { get; set; } = TimeSpan.FromHours(1);
    public TimeSpan VerificationTokenLifetime { get; set; } = TimeSpan.FromDays(3);
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Seconds that the first, second … failed sign-in waits for its answer; the last one holds for all further ones.</summary>
    public string FailureDelays { get; set; } = "0,1,2,5,10";

    /// <summary>Failed sign-ins from one network, or on one device, that lock the address there.</summary>
    public int LockAfter { get; set; } = 5;

    /// <summary>Failed sign-ins from all networks together that lock the address for every device which has not signed in before.</summary>
    public int LockEverywhereAfter { get; set; } = 50;
    public TimeSpan LockFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>PBKDF2-SHA512 iterations; hashes made with fewer are renewed at the next sign-in.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    public PasswordPolicy Password { get; set; } = new();

    public TimeSpan DelayAfter(int failures)
    {
        var delays = Delays();
        return TimeSpan.FromSeconds(delays[Math.Clamp(failures - 1, 0, delays.Length - 1)]);
    }

    public bool IsSensible => AccessTokenLifetime > TimeSpan.Zero && RefreshTokenLifetime > AccessTokenLifetime && LockAfter > 0
        && LockEverywhereAfter >= LockAfter
        && LockFor > TimeSpan.Zero && PasswordIterations >= 1000 && Password.MinimumLength is >= 4 and <= PasswordPolicy.MaximumLength
        && Delays() is { Length: > 0 } delays && delays.All(d => d is >= 0 and <= 60);

    // What is no number becomes one that makes no sense, and stops the start.
    private double[] Delays() =>
        [.. FailureDelays.Split(',').Select(d => double.TryParse(d, CultureInfo.InvariantCulture, out var seconds) ? seconds : double.NaN)];
}
