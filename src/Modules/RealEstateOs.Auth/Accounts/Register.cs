using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Auth.Organizations;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// A new account: with <c>first_name</c>, <c>last_name</c>, <c>organization_name</c> or with <c>full_name</c>, <c>team_name</c>.
/// In the new office agents read all leads, clients, deals and properties until it gives them a role that narrows it.
/// </summary>
/// <example>{"email": "layla.haddad@example.com", "password": "Marina-Walk-27", "first_name": "Layla", "last_name": "Haddad",
/// "organization_name": "Haddad Homes", "country": "AE"}</example>
public sealed record RegisterRequest : PartialBody, IRequestBody<RegisterRequest>
{
    /// <summary>The account signs in with it; a link to confirm it is sent there.</summary>
    [MaxLength(254)] public string? Email { get; init; }
    /// <summary>Up to 256 letters; what it must have, the 422 says rule by rule.</summary>
    [MaxLength(256)] public string? Password { get; init; }
    /// <summary>Given name, up to 100 letters.</summary>
    [MaxLength(100)] public string? FirstName { get; init; }
    /// <summary>Family name, up to 100 letters.</summary>
    [MaxLength(100)] public string? LastName { get; init; }
    /// <summary>Instead of <c>first_name</c> and <c>last_name</c>.</summary>
    [MaxLength(200)] public string? FullName { get; init; }
    /// <summary>The brokerage; the team's name where it is left out.</summary>
    [MaxLength(200)] public string? OrganizationName { get; init; }
    /// <summary>The first team; the organization's name where it is left out.</summary>
    [MaxLength(200)] public string? TeamName { get; init; }
    /// <summary>In international form, or in the national form of <c>country</c>.</summary>
    [MaxLength(40)] public string? Phone { get; init; }
    /// <summary>ISO 4217; the country's where it is left out, else USD.</summary>
    [MaxLength(3)] public string? Currency { get; init; }
    /// <summary>
    /// ISO 3166 code or name of the country. Currency, time zone and VAT follow from it where they are left out (the Gulf states, the
    /// European Union, GB, US); all of them can be changed later.
    /// </summary>
    [MaxLength(100)] public string? Country { get; init; }
    /// <summary>IANA name such as Asia/Dubai; that of the country's capital where it is left out, else UTC.</summary>
    [MaxLength(60)] public string? TimeZone { get; init; }

    internal (string First, string Last) Names() =>
        string.IsNullOrWhiteSpace(FirstName) ? PersonNames.Split(FullName!) : (FirstName.Trim(), LastName?.Trim() ?? "");
}

internal sealed class RegisterValidator : AbstractValidator<RegisterRequest>
{
    public RegisterValidator(IOptions<AuthOptions> options)
    {
        RuleFor(r => r.Email).NotEmpty().IsEmailAddress();
        RuleFor(r => r.Password).NotEmpty().MeetsPolicy(options.Value.Password);
        When(r => string.IsNullOrWhiteSpace(r.FullName), () =>
        {
            RuleFor(r => r.FirstName).NotEmpty();
            RuleFor(r => r.LastName).NotEmpty();
        });
        foreach (var name in new Expression<Func<RegisterRequest, string?>>[] { r => r.FirstName, r => r.LastName, r => r.FullName,
            r => r.OrganizationName, r => r.TeamName })
            RuleFor(name).IsOneLine();
        RuleFor(r => r.OrganizationName).NotEmpty().When(r => string.IsNullOrWhiteSpace(r.TeamName));
        RuleFor(r => r.Country).Must(c => string.IsNullOrWhiteSpace(c) || Countries.CodeOf(c) is not null)
            .WithMessage("must be an ISO 3166 code such as AE, or the name of a country");
        RuleFor(r => r.Currency).IsCurrency();
        RuleFor(r => r.TimeZone).IsTimeZone();
    }
}

internal static class Register
{
    /// <summary>
    /// Creates an organization with its team and its administrator, who is signed in. The role <c>agent</c> that it has reads every lead,
    /// client, deal and property of the office; where agents are to see their own only, give them a role with <c>leads:read:own</c> and the
    /// like.
    /// </summary>
    public static async Task<Created<TokenResponse>> Handle(
        RegisterRequest request, Passwords passwords, DataSources sources, TenantTransaction transaction, CancellationToken ct)
    {
        var email = Emails.Normalize(request.Email!);
        if (await Accounts.ExistsAsync(sources, email, ct)) throw Taken(email);
        var hash = passwords.Hash(request.Password!);
        var id = await NewOrganization.TakeIdAsync(sources, ct);
        try
        {
            var answer = await transaction.RunAsync(id, null, services => CreateAsync(services, request, email, hash, ct), ct);
            return TypedResults.Created("/api/v1/auth/me", answer);
        }
        catch (DbUpdateException e)
            when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "users_by_email" })
        {
            throw Taken(email);
        }
    }

    private static async Task<TokenResponse> CreateAsync(IServiceProvider services, RegisterRequest request, string email, string hash,
        CancellationToken ct)
    {
        var setUp = services.GetRequiredService<NewOrganization>();
        var (first, last) = request.Names();
        var name = (string.IsNullOrWhiteSpace(request.OrganizationName) ? request.TeamName : request.OrganizationName)!.Trim();
        var country = Countries.CodeOf(request.Country);
        var facts = CountryFacts.Of(country);
        var organization = new Organization { Name = name, Country = country };
        organization.Currency = request.Currency ?? facts?.Currency ?? organization.Currency;
        organization.TimeZone = request.TimeZone ?? facts?.TimeZone ?? organization.TimeZone;
        var (team, roles) = await setUp.SetUpAsync(organization,
            string.IsNullOrWhiteSpace(request.TeamName) ? name : request.TeamName.Trim(), ct);
        var user = new User { Email = email, FirstName = first, LastName = last, Phone = request.Phone, PasswordHash = hash,
            TeamId = team.Id };
        await setUp.AddPersonAsync(user, roles[DefaultRoleSet.Admin], ct);
        await services.GetRequiredService<AccountMails>().VerifyAsync(user, ct);
        return await services.GetRequiredService<SignIn>().OpenAsync(user, ct);
    }

    internal static Problem Taken(string email) => Problem.AlreadyExists($"{email} has an account already.");
}
