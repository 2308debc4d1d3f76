using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Organizations;

/// <example>{"name": "Acme Real Estate", "primary_color": "#0F4C81", "orn": "12345", "website": "https://acme.example.com"}</example>
public sealed record UpdateOrganizationRequest : PartialBody, IRequestBody<UpdateOrganizationRequest>
{
    /// <summary>Stands on papers, pages and mails, and as the sender's name.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>ISO 4217; new records take it.</summary>
    [MaxLength(3)] public string? Currency { get; init; }
    /// <summary>ISO 3166 code or name; new records take it.</summary>
    [MaxLength(100)] public string? Country { get; init; }
    /// <summary>IANA name such as Asia/Dubai.</summary>
    [MaxLength(60)] public string? TimeZone { get; init; }
    /// <summary>BCP 47 tag such as en or ar-AE: mails, reports and papers are Arabic for Arabic, else English.</summary>
    [MaxLength(20)] public string? Locale { get; init; }
    /// <summary>Where the logo lies. To have it kept here, <c>POST /organization/logo</c>.</summary>
    [MaxLength(2000)] public string? LogoUrl { get; init; }
    /// <summary>#rrggbb</summary>
    [MaxLength(7)] public string? PrimaryColor { get; init; }
    /// <summary>#rrggbb</summary>
    [MaxLength(7)] public string? SecondaryColor { get; init; }
    /// <summary>Office registration number at the Dubai Land Department.</summary>
    [MaxLength(40)] public string? Orn { get; init; }
    /// <summary>Postal address; stands at the foot of mails.</summary>
    [MaxLength(500)] public string? Address { get; init; }
    /// <summary>In international form; stands on papers and pages.</summary>
    [MaxLength(40)] public string? Phone { get; init; }
    /// <summary>Where people write to the office; not an account's address.</summary>
    [MaxLength(254)] public string? Email { get; init; }
    /// <summary>Address with http or https.</summary>
    [MaxLength(2000)] public string? Website { get; init; }

    internal void ApplyTo(Organization o)
    {
        o.Name = Given(Name, o.Name)!.Trim();
        o.Currency = Given(Currency, o.Currency)!;
        o.Country = Given(Country, o.Country);
        o.TimeZone = Given(TimeZone, o.TimeZone)!;
        o.Locale = Given(Locale, o.Locale)!;
        o.PrimaryColor = Given(PrimaryColor, o.PrimaryColor);
        o.SecondaryColor = Given(SecondaryColor, o.SecondaryColor);
        o.Orn = Given(Orn, o.Orn);
        o.Address = Given(Address, o.Address);
        o.Phone = Given(Phone, o.Phone);
        o.Email = Given(Email, o.Email);
        o.Website = Given(Website, o.Website);
    }
}

internal sealed class UpdateOrganizationValidator : AbstractValidator<UpdateOrganizationRequest>
{
    public UpdateOrganizationValidator()
    {
        RuleFor(o => o.Name).NotEmpty().IsOneLine().When(o => o.Has(nameof(o.Name)));
        RuleFor(o => o.Currency).NotEmpty().IsCurrency().When(o => o.Has(nameof(o.Currency)));
        RuleFor(o => o.TimeZone).NotEmpty().IsTimeZone().When(o => o.Has(nameof(o.TimeZone)));
        RuleFor(o => o.Locale).NotEmpty().Matches(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")
            .WithMessage("must be a language tag such as en or ar-AE").When(o => o.Has(nameof(o.Locale)));
        RuleFor(o => o.PrimaryColor).IsColor();
        RuleFor(o => o.SecondaryColor).IsColor();
        RuleFor(o => o.LogoUrl).IsWebAddress();
        RuleFor(o => o.Website).IsWebAddress();
        RuleFor(o => o.Email).IsEmailAddress();
        RuleFor(o => o.Phone).IsPhoneNumber();
    }
}

/// <summary>The organization with its defaults and its brand.</summary>
/// <inheritdoc cref="UpdateOrganizationRequest"/>
public sealed record OrganizationResponse : IVersionedResponse
{
    public required OrganizationId Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Limits and quotas go by it.</summary>
    public required string Plan { get; init; }
    public required string Currency { get; init; }
    public string? Country { get; init; }
    public required string TimeZone { get; init; }
    public required string Locale { get; init; }
    /// <summary>Of an uploaded logo an address that needs no sign-in and does not end.</summary>
    public string? LogoUrl { get; init; }
    public string? PrimaryColor { get; init; }
    public string? SecondaryColor { get; init; }
    public string? Orn { get; init; }
    public string? Address { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Website { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] public uint Version { get; init; }

    [JsonIgnore] public string Reference => Id.Reference();

    internal static OrganizationResponse Of(Organization o, LogoStore logos) => new()
    {
        Id = o.Id, Name = o.Name, Plan = o.Plan, Currency = o.Currency, Country = o.Country, TimeZone = o.TimeZone, Locale = o.Locale,
        LogoUrl = logos.AddressOf(o), PrimaryColor = o.PrimaryColor, SecondaryColor = o.SecondaryColor, Orn = o.Orn, Address = o.Address,
        Phone = o.Phone, Email = o.Email, Website = o.Website, CreatedAt = o.CreatedAt, UpdatedAt = o.UpdatedAt, Version = o.Version,
    };
}

internal static class OrganizationSettings
{
    /// <summary>The organization of the signed-in user.</summary>
    public static async Task<Ok<OrganizationResponse>> Get(AuthDb db, LogoStore logos, CancellationToken ct) =>
        TypedResults.Ok(OrganizationResponse.Of(await db.Organizations.AsNoTracking().FirstAsync(ct), logos));

    /// <summary>Changes the members that are present.</summary>
    public static async Task<Ok<OrganizationResponse>> Update(UpdateOrganizationRequest request, AuthDb db, LogoStore logos,
        NearCache near, CancellationToken ct)
    {
        var organization = await db.Organizations.FirstAsync(ct);
        request.ApplyTo(organization);
        // Who sends back what they were shown changes nothing.
        if (request.Has(nameof(request.LogoUrl)) && request.LogoUrl != logos.AddressOf(organization))
            logos.Set(organization, null, request.LogoUrl);
        near.ForgetWith(db.Work, [OrganizationDirectory.DefaultsKey(organization.Id)]);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(OrganizationResponse.Of(organization, logos));
    }
}
