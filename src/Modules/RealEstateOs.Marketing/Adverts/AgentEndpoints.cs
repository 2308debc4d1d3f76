using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Marketing.Adverts;

/// <example>{"title": "Senior property consultant", "brn": "48213", "brn_expires_on": "2027-03-31"}</example>
public sealed record AgentProfileRequest : PartialBody, IRequestBody<AgentProfileRequest>
{
    /// <summary>Below the name, such as Senior property consultant.</summary>
    [MaxLength(100)] public string? Title { get; init; }
    /// <summary>The same in Arabic.</summary>
    [MaxLength(100)] public string? TitleAr { get; init; }
    /// <summary>The agent's name in Arabic.</summary>
    [MaxLength(200)] public string? NameAr { get; init; }
    /// <summary>Broker registration number at the Dubai Land Department.</summary>
    [MaxLength(40)] public string? Brn { get; init; }
    /// <summary>The last day on which the registration holds.</summary>
    public DateOnly? BrnExpiresOn { get; init; }
    /// <summary>An http or https address.</summary>
    [MaxLength(2000)] public string? PhotoUrl { get; init; }
    /// <summary>The Media Council's permit for promotion on personal accounts.</summary>
    [MaxLength(60)] public string? AdvertiserPermit { get; init; }
    /// <summary>The last day on which the permit holds.</summary>
    public DateOnly? AdvertiserPermitExpiresOn { get; init; }
    /// <summary>The id of the agent's public profile at Property Finder, for its API.</summary>
    public long? PropertyFinderProfileId { get; init; }
}

internal sealed class AgentProfileValidator : AbstractValidator<AgentProfileRequest>
{
    public AgentProfileValidator() =>
        RuleFor(a => a.PhotoUrl).Must(u => u is null || Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            .WithMessage("must be an absolute http or https address");
}

/// <summary>How an agent appears on advertisements.</summary>
/// <param name="UserId">Id of the person, such as user_3.</param>
/// <param name="Name">Full name, as the account has it.</param>
/// <inheritdoc cref="AgentProfileRequest"/>
public sealed record AgentProfileResponse(
    string UserId, string Name, string? Title, string? TitleAr, string? NameAr, string? Brn, DateOnly? BrnExpiresOn, string? PhotoUrl,
    string? AdvertiserPermit, DateOnly? AdvertiserPermitExpiresOn, long? PropertyFinderProfileId);

internal static class AgentEndpoints
{
    /// <summary>How an agent appears on advertisements.</summary>
    public static async Task<Results<Ok<AgentProfileResponse>, NotFound>> Get(UserId userId, MarketingDb db,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        if ((await organizations.PeopleAsync([userId], ct)).GetValueOrDefault(userId) is not { } person) return TypedResults.NotFound();
        return TypedResults.Ok(Of(person,
            await db.Agents.AsNoTracking().FirstOrDefaultAsync(a => a.UserId == userId, ct) ?? new AgentProfile()));
    }

    /// <summary>Enters or changes the members that are present.</summary>
    public static async Task<Results<Ok<AgentProfileResponse>, NotFound>> Put(UserId userId, AgentProfileRequest request, MarketingDb db,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        if ((await organizations.PeopleAsync([userId], ct)).GetValueOrDefault(userId) is not { } person) return TypedResults.NotFound();
        var profile = await db.Agents.FirstOrDefaultAsync(a => a.UserId == userId, ct);
        if (profile is null) db.Add(profile = new AgentProfile { UserId = userId });
        profile.Title = request.Given(request.Title, profile.Title);
        profile.TitleAr = request.Given(request.TitleAr, profile.TitleAr);
        profile.NameAr = request.Given(request.NameAr, profile.NameAr);
        profile.Brn = request.Given(request.Brn, profile.Brn);
        profile.BrnExpiresOn = request.Given(request.BrnExpiresOn, profile.BrnExpiresOn);
        profile.PhotoUrl = request.Given(request.PhotoUrl, profile.PhotoUrl);
        profile.AdvertiserPermit = request.Given(request.AdvertiserPermit, profile.AdvertiserPermit);
        profile.AdvertiserPermitExpiresOn = request.Given(request.AdvertiserPermitExpiresOn, profile.AdvertiserPermitExpiresOn);
        profile.PropertyFinderProfileId = request.Given(request.PropertyFinderProfileId, profile.PropertyFinderProfileId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Of(person, profile));
    }

    private static AgentProfileResponse Of(Person person, AgentProfile p) =>
        new(person.Id.Reference(), person.FullName, p.Title, p.TitleAr, p.NameAr, p.Brn, p.BrnExpiresOn, p.PhotoUrl, p.AdvertiserPermit,
            p.AdvertiserPermitExpiresOn, p.PropertyFinderProfileId);
}

/// <example>{"author_may_approve": false, "name_ar": "أكمي العقارية", "licence_number": "CN-1234567"}</example>
public sealed record MarketingSettingsRequest : PartialBody, IRequestBody<MarketingSettingsRequest>
{
    /// <summary>May who made or submitted a campaign approve it? Default true.</summary>
    public bool? AuthorMayApprove { get; init; }
    /// <summary>The office's name in Arabic, on advertisements and reports.</summary>
    [MaxLength(200)] public string? NameAr { get; init; }
    /// <summary>The company's trade licence, as portals ask for it.</summary>
    [MaxLength(60)] public string? LicenceNumber { get; init; }
}

/// <summary>How the organization does its marketing.</summary>
/// <inheritdoc cref="MarketingSettingsRequest"/>
public sealed record MarketingSettingsResponse(bool AuthorMayApprove, string? NameAr, string? LicenceNumber);

internal static class SettingsEndpoints
{
    /// <summary>How the organization does its marketing.</summary>
    public static async Task<Ok<MarketingSettingsResponse>> Get(MarketingDb db, CancellationToken ct) =>
        TypedResults.Ok(Of(await db.Settings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new MarketingSettings()));

    /// <summary>Changes the members that are present.</summary>
    public static async Task<Ok<MarketingSettingsResponse>> Put(MarketingSettingsRequest request, MarketingDb db, CancellationToken ct)
    {
        var settings = await db.Settings.FirstOrDefaultAsync(ct);
        if (settings is null) db.Add(settings = new MarketingSettings { OrganizationId = db.CurrentOrganization });
        settings.AuthorMayApprove = request.AuthorMayApprove ?? settings.AuthorMayApprove;
        settings.NameAr = request.Given(request.NameAr, settings.NameAr);
        settings.LicenceNumber = request.Given(request.LicenceNumber, settings.LicenceNumber);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Of(settings));
    }

    private static MarketingSettingsResponse Of(MarketingSettings s) => new(s.AuthorMayApprove, s.NameAr, s.LicenceNumber);
}
