using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Settings;

/// <summary>What an organization decided for its deals.</summary>
[PrimaryKey(nameof(OrganizationId))]
internal sealed class DealSettings : ITenantOwned
{
    public OrganizationId OrganizationId { get; set; }
    [Precision(5, 2)] public decimal? VatRate { get; set; }
    public string? Trn { get; set; }
}

/// <summary>VAT on commissions: the organization's own rate, else its country's standard one, and none where that is not known.</summary>
internal sealed class VatRates(DealsDb db, IOrganizationDirectory organizations)
{
    public async Task<decimal> CurrentAsync(CancellationToken ct) =>
        (await SettingsAsync(ct)).VatRate;

    public async Task<DealSettingsResponse> SettingsAsync(CancellationToken ct)
    {
        var settings = await db.Settings.AsNoTracking().FirstOrDefaultAsync(ct);
        var country = CountryOf(await organizations.DefaultsAsync(ct));
        return new(settings?.VatRate ?? CountryFacts.Of(country)?.VatPercent ?? 0, settings?.Trn);
    }

    public static bool IsInUae(OrganizationDefaults office) => CountryOf(office) == "AE" || office.Currency == "AED";

    private static string? CountryOf(OrganizationDefaults office) =>
        Countries.CodeOf(office.Country) ?? (office.Currency == "AED" ? "AE" : null);
}

/// <param name="VatRate">VAT on commissions of new deals, in percent.</param>
/// <param name="Trn">The organization's tax registration number; without one its invoices are no tax invoices.</param>
public sealed record DealSettingsResponse(decimal VatRate, string? Trn);

/// <example>{"vat_rate": 5, "trn": "100123456700003"}</example>
public sealed record ChangeDealSettingsRequest : PartialBody, IRequestBody<ChangeDealSettingsRequest>
{
    /// <summary>VAT on commissions of new deals, in percent.</summary>
    public decimal? VatRate { get; init; }
    /// <summary>Tax registration number: 15 digits in the UAE, letters and digits elsewhere; null takes it away.</summary>
    [MaxLength(20)] public string? Trn { get; init; }
}

internal sealed class ChangeDealSettingsValidator : AbstractValidator<ChangeDealSettingsRequest>
{
    public ChangeDealSettingsValidator()
    {
        RuleFor(s => s.VatRate).NotNull().When(s => s.Has(nameof(s.VatRate)) || !s.Has(nameof(s.Trn)));
        RuleFor(s => s.VatRate).InclusiveBetween(0, 100).PrecisionScale(5, 2, true);
        RuleFor(s => s.Trn).Matches(@"^[A-Z0-9]{5,20}\z").WithMessage("must have 5 to 20 letters and digits");
    }
}

internal static class DealSettingsEndpoints
{
    /// <summary>The organization's rules for its deals.</summary>
    public static Task<DealSettingsResponse> Get(VatRates vat, CancellationToken ct) => vat.SettingsAsync(ct);

    /// <summary>Sets VAT on commissions of deals to come, and the tax number of invoices.</summary>
    public static async Task<DealSettingsResponse> Change(ChangeDealSettingsRequest request, DealsDb db, VatRates vat,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        if (request.Trn is { } trn && !(trn.Length == 15 && trn.All(char.IsAsciiDigit))
            && VatRates.IsInUae(await organizations.DefaultsAsync(ct)))
            throw Problem.Invalid(FieldError.Format("trn", "must have 15 digits"));
        var settings = await db.Settings.FirstOrDefaultAsync(ct);
        if (settings is null) db.Add(settings = new DealSettings { OrganizationId = db.CurrentOrganization });
        settings.VatRate = request.VatRate ?? settings.VatRate;
        settings.Trn = request.Given(request.Trn, settings.Trn);
        await db.SaveChangesAsync(ct);
        return await vat.SettingsAsync(ct);
    }
}
