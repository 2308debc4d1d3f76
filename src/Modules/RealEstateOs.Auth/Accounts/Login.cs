using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Accounts;

/// <example>{"email": "admin@acme-realestate.com", "password": "Admin123!"}</example>
public sealed record LoginRequest : IRequestBody<LoginRequest>
{
    /// <summary>The account's e-mail address; <c>username</c> is the same member.</summary>
    [Alias("username")] [MaxLength(254)] public string? Email { get; init; }
    /// <summary>The account's password.</summary>
    [MaxLength(256)] public string? Password { get; init; }
    /// <summary>From an earlier sign-in on this device: keeps its owner from being locked out by others who guess at the account.</summary>
    [MaxLength(500)] public string? DeviceToken { get; init; }
}

internal sealed class LoginValidator : AbstractValidator<LoginRequest>
{
    public LoginValidator()
    {
        RuleFor(r => r.Email).NotEmpty();
        RuleFor(r => r.Password).NotEmpty();
    }
}

internal static class Login
{
    /// <summary>
    /// Signs in. A wrong password, an unknown address and a deactivated account get the same answer after the same time;
    /// repeated failures wait longer and lock the address for a while, for the network that they come from.
    /// </summary>
    public static async Task<Ok<TokenResponse>> Handle(LoginRequest request, CredentialCheck check, TenantTransaction transaction,
        CancellationToken ct)
    {
        var (account, renewedHash) = await check.PassAsync(request.Email!, request.Password!, request.DeviceToken, ct);
        return TypedResults.Ok(await transaction.RunAsync(account.Organization, account.User,
            services => OpenAsync(services, account.User, renewedHash, ct), ct));
    }

    private static async Task<TokenResponse> OpenAsync(IServiceProvider services, UserId id, string? renewedHash, CancellationToken ct)
    {
        var user = await services.GetRequiredService<AuthDb>().Users.FirstAsync(u => u.Id == id, ct);
        user.PasswordHash = renewedHash ?? user.PasswordHash;
        return await services.GetRequiredService<SignIn>().OpenAsync(user, ct);
    }
}

/// <summary>Checks an address and a password, and makes guessing slow.</summary>
internal sealed class CredentialCheck(
    DataSources sources, Passwords passwords, SignInFailures failures, SignInQueue queue, KnownDevices devices, ChangeOrigin request,
    IOptions<AuthOptions> options, TimeProvider clock)
{
    /// <summary>For somebody who is not signed in.</summary>
    public Task<(Account Account, string? RenewedHash)> PassAsync(string email, string password, string? deviceToken,
        CancellationToken ct) =>
            PassAsync(email, password, account => devices.Find(deviceToken, account?.User) ?? SignInOrigin.Of(request), ct);

    public async Task<(Account Account, string? RenewedHash)> PassAsync(string email, string password, Func<Account?, SignInOrigin> origin,
        CancellationToken ct)
    {
        var (account, result, failed) = await CheckAsync(email, password, origin, ct);
        if (failed > 0)
        {
            await Task.Delay(options.Value.DelayAfter(failed), clock, ct);
            throw Problem.NotAuthenticated(ErrorCodes.InvalidCredentials, "Invalid e-mail or password");
        }
        return (account!, result == PasswordCheck.RightButWeaklyHashed ? passwords.Hash(password) : null);
    }

    // One at a time for an address on this host, so that somebody who signs in often at once is not taken for one who guesses.
    private async Task<(Account? Account, PasswordCheck Result, int Failed)> CheckAsync(string email, string password,
        Func<Account?, SignInOrigin> origin, CancellationToken ct)
    {
        using var turn = await queue.EnterAsync(email, ct);
        var account = await Accounts.FindAsync(sources, email, ct);
        var from = origin(account);
        var (lockedFor, failed) = await failures.BeginAsync(email, from, ct);
        if (lockedFor is { } wait) throw Problem.Locked(wait);
        var result = passwords.Check(account?.PasswordHash, password);
        if (account is not { IsActive: true } || result == PasswordCheck.Wrong) return (null, result, failed);
        await failures.ForgetAsync(email, from, ct);
        return (account, result, 0);
    }
}
