using System.Text.Json;
using FluentValidation;
using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.Leads.Records;

internal abstract class LeadFieldsValidator<T> : AbstractValidator<T> where T : LeadFields
{
    protected LeadFieldsValidator()
    {
        RuleFor(l => l.Email).IsEmailAddress();
        RuleFor(l => l.Phone).IsPhoneNumber();
        RuleFor(l => l.Score).InclusiveBetween(0, 100);
        RuleFor(l => l.Budget).GreaterThanOrEqualTo(0);
        RuleFor(l => l.Tags).Must(t => t is null || t.Length <= 100).WithMessage("may have 100 entries");
        RuleFor(l => l.Consent).Must(c => c is null or { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object }).WithMessage("must be true, false or an object by channel");
        RuleFor(l => l.Metadata).Must(m => m is null or { ValueKind: JsonValueKind.Object }).WithMessage("must be an object");
    }
}

internal sealed class CreateLeadValidator : LeadFieldsValidator<CreateLeadRequest>
{
    public CreateLeadValidator()
    {
        RuleFor(l => l.FirstName).NotEmpty();
        RuleFor(l => l.LastName).NotEmpty();
    }
}

internal sealed class UpdateLeadValidator : LeadFieldsValidator<UpdateLeadRequest>
{
    public UpdateLeadValidator()
    {
        RuleFor(l => l.FirstName).NotEmpty().When(l => l.Has(nameof(l.FirstName)));
        RuleFor(l => l.LastName).NotEmpty().When(l => l.Has(nameof(l.LastName)));
    }
}
