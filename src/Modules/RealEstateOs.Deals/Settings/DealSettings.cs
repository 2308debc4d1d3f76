using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Settings;

/// <summary>What an organization decided for its deals.</summary>
internal sealed class DealSettings : ITenantOwned
{
    public OrganizationId OrganizationId { get; set; }
    public decimal VatRate { get; set; }
}

internal sealed class DealSettingsMapping : IEntityTypeConfiguration<DealSettings>
{
    public void Configure(EntityTypeBuilder<DealSettings> settings)
    {
        settings.ToTable("settings");
        settings.HasKey(s => s.OrganizationId);
        settings.Property(s => s.OrganizationId).ValueGeneratedNever();
        settings.Property(s => s.VatRate).HasPrecision(5, 2);
    }
}

/// <summary>VAT on commissions: the organization's own rate, else 5 % in the UAE and none elsewhere.</summary>
internal sealed class VatRates(DealsDb db, IOrganizationDirectory organizations)
{
    public const decimal Uae = 5;

    public async Task<decimal> CurrentAsync(CancellationToken ct)
    {
        if (await db.Settings.AsNoTracking().FirstOrDefaultAsync(ct) is { } settings) return settings.VatRate;
        var defaults = await organizations.DefaultsAsync(ct);
        return defaults.Currency == "AED" || defaults.Country is "AE" or "UAE" or "United Arab Emirates" ? Uae : 0;
    }
}

public sealed record DealSettingsResponse(decimal VatRate);

/// <example>{"vat_rate": 5}</example>
public sealed record ChangeDealSettingsRequest : IRequestBody<ChangeDealSettingsRequest>
{
    /// <summary>VAT on commissions of new deals, in percent.</summary>
    public decimal? VatRate { get; init; }
}

internal sealed class ChangeDealSettingsValidator : AbstractValidator<ChangeDealSettingsRequest>
{
    public ChangeDealSettingsValidator() => RuleFor(s => s.VatRate).NotNull().InclusiveBetween(0, 100).PrecisionScale(5, 2, true);
}

internal static class DealSettingsEndpoints
{
    /// <summary>The organization's rules for its deals.</summary>
    public static async Task<DealSettingsResponse> Get(VatRates vat, CancellationToken ct) => new(await vat.CurrentAsync(ct));

    /// <summary>Sets VAT on the commissions of deals to come; deals keep the rate they were made with.</summary>
    public static async Task<DealSettingsResponse> Change(ChangeDealSettingsRequest request, DealsDb db, CancellationToken ct)
    {
        var settings = await db.Settings.FirstOrDefaultAsync(ct);
        if (settings is null) db.Add(settings = new DealSettings { OrganizationId = db.CurrentOrganization });
        settings.VatRate = request.VatRate!.Value;
        await db.SaveChangesAsync(ct);
        return new DealSettingsResponse(settings.VatRate);
    }
}
