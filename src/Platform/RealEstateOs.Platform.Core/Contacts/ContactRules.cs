using FluentValidation;
using FluentValidation.Validators;

namespace RealEstateOs.Platform.Contacts;

/// <summary>Rules of request bodies for addresses and numbers; blank ones pass.</summary>
public static class ContactRules
{
    /// <summary>One address that a mail server would take.</summary>
    public static IRuleBuilderOptions<T, string?> IsEmailAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new EmailAddressValidator<T>());

    /// <summary>A number of some country; the handler asks <see cref="PhoneNumber.Required"/>, which knows the office's.</summary>
    public static IRuleBuilderOptions<T, string?> IsPhoneNumber<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrWhiteSpace(text) || PhoneNumber.IsPlausible(text))
            .WithMessage("is not a valid phone number, such as +971 50 123 4567");

    // By this interface the description of the API knows the format.
    private sealed class EmailAddressValidator<T> : PropertyValidator<T, string?>, IEmailValidator
    {
        public override string Name => "EmailValidator";

        public override bool IsValid(ValidationContext<T> context, string? value) =>
            string.IsNullOrWhiteSpace(value) || EmailAddress.Normalise(value) is not null;

        protected override string GetDefaultMessageTemplate(string errorCode) => "is not a valid e-mail address, such as sara@example.com";
    }
}
