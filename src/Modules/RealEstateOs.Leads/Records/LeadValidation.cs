using System.Text.Json;
using FluentValidation;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Leads.Records;

internal abstract class LeadFieldsValidator<T> : AbstractValidator<T> where T : LeadFields
{
    private static readonly string[] Channels = ["email", "sms", "phone", "whatsapp", "marketing"], AboutConsent = ["source", "method",
        "text", "version", "at", "ip", "note"];

    protected LeadFieldsValidator()
    {
        RuleFor(l => l.Email).IsEmailAddress();
        RuleFor(l => l.Phone).IsPhoneNumber();
        RuleFor(l => l.Score).InclusiveBetween(0, 100);
        RuleFor(l => l.Bedrooms).InclusiveBetween(0, 100);
        RuleFor(l => l.Portal).IsOneLine();
        RuleFor(l => l.PortalReference).IsOneLine();
        RuleFor(l => l.Budget).GreaterThanOrEqualTo(0);
        RuleFor(l => l.Tags).Must(t => t is null || t.Length <= LeadFields.MostTags).WithMessage($"may have {LeadFields.MostTags} entries");
        RuleFor(l => l.Consent).Must(IsUnderstood)
            .WithMessage($"must be true, false, or an object of true and false by channel: {string.Join(", ", Channels)}; "
                + $"beside them it may hold {string.Join(", ", AboutConsent)}");
        RuleFor(l => l.Metadata).Must(m => m is null or { ValueKind: JsonValueKind.Object }).WithMessage("must be an object");
    }

    // What is not understood could be a no.
    private static bool IsUnderstood(JsonElement? consent) => consent switch
    {
        null or { ValueKind: JsonValueKind.True or JsonValueKind.False } => true,
        { ValueKind: JsonValueKind.Object } said => said.EnumerateObject().All(answer => Channels.Contains(answer.Name)
            ? answer.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            : AboutConsent.Contains(answer.Name) && answer.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null),
        _ => false,
    };
}

internal sealed class CreateLeadValidator : LeadFieldsValidator<CreateLeadRequest>
{
    public CreateLeadValidator()
    {
        RuleFor(l => l.FirstName).NotEmpty().When(l => string.IsNullOrWhiteSpace(l.FullName));
    }
}

internal sealed class UpdateLeadValidator : LeadFieldsValidator<UpdateLeadRequest>
{
    public UpdateLeadValidator()
    {
        RuleFor(l => l.FirstName).NotEmpty().When(l => l.Has(nameof(l.FirstName)));
    }
}
