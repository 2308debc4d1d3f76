using FluentValidation;

namespace RealEstateOs.Platform.Contacts;

/// <summary>Rules of request bodies for addresses and numbers; blank ones pass.</summary>
public static class ContactRules
{
    /// <summary>One address that a mail server would take.</summary>
    public static IRuleBuilderOptions<T, string?> IsEmailAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrWhiteSpace(text) || EmailAddress.Normalise(text) is not null)
            .WithErrorCode("EmailValidator").WithMessage("is not a valid e-mail address, such as sara@example.com");

    /// <summary>A number of some country; the handler asks <see cref="PhoneNumber.Required"/>, which knows the office's.</summary>
    public static IRuleBuilderOptions<T, string?> IsPhoneNumber<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrWhiteSpace(text) || PhoneNumber.IsPlausible(text))
            .WithMessage("is not a valid phone number, such as +971 50 123 4567");
}
