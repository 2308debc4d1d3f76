using FluentValidation;

namespace RealEstateOs.Auth.Organizations;

internal static class OrganizationRules
{
    public static IRuleBuilderOptions<T, string?> IsTimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(zone => zone is null || (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
            .WithMessage("must be an IANA time zone such as Asia/Dubai");

    public static IRuleBuilderOptions<T, string?> IsColor<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(@"^#[0-9a-fA-F]{6}\z").WithMessage("must be a colour such as #0a5c8f");
}
