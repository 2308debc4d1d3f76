using FluentValidation;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Deals.Pipeline;

internal abstract class DealFieldsValidator<T> : AbstractValidator<T> where T : DealFields
{
    protected DealFieldsValidator()
    {
        RuleFor(d => d.Value).GreaterThanOrEqualTo(0).IsAmountIn(d => d.Currency);
        RuleFor(d => d.Currency).IsCurrency();
        RuleFor(d => d.CommissionRate).InclusiveBetween(0, 100).PrecisionScale(7, 4, true);
        RuleFor(d => d.VatRate).InclusiveBetween(0, 100).PrecisionScale(5, 2, true);
        RuleFor(d => d.Probability).InclusiveBetween(0, 100).PrecisionScale(5, 2, true);
        RuleFor(d => d.CoBrokeShare).InclusiveBetween(0, 100).PrecisionScale(7, 4, true);
        RuleFor(d => d.HouseShare).InclusiveBetween(0, 100).PrecisionScale(7, 4, true);
        RuleForEach(d => d.CommissionFees).ChildRules(fee =>
        {
            fee.RuleFor(f => f.Description).NotEmpty();
            fee.RuleFor(f => f.Amount).NotNull().GreaterThan(0).IsAmountIn(_ => null);
        });
        RuleFor(d => d.CommissionFees).Must(f => f is null || f.Length <= 20).WithMessage("may have 20 entries");
        RuleForEach(d => d.Splits).ChildRules(split =>
        {
            split.RuleFor(s => s.UserId).NotNull();
            split.RuleFor(s => s.Percent).NotNull().GreaterThan(0).LessThanOrEqualTo(100).PrecisionScale(7, 4, true);
        });
        RuleFor(d => d.Splits).Must(DealFields.MakeAWhole)
            .WithMessage(
                d => FormattableString.Invariant($"must add up to 100 percent, not {d.Splits!.Sum(x => x.Percent ?? 0):0.####}"));
        RuleFor(d => d.Splits).Must(
            s => s is null || s.Where(x => x.UserId is not null).DistinctBy(x => x.UserId).Count() == s.Count(x => x.UserId is not null))
            .WithMessage("must name each agent once");
        RuleFor(d => d.Splits).Must(s => s is null || s.Length <= 50).WithMessage("may have 50 entries");
    }
}

internal sealed class CreateDealValidator : DealFieldsValidator<CreateDealRequest>
{
    public CreateDealValidator()
    {
        RuleFor(d => d.PropertyId).NotNull();
        RuleFor(d => d.DealType).NotNull();
        RuleFor(d => d.Value).NotNull();
    }
}

internal sealed class UpdateDealValidator : DealFieldsValidator<UpdateDealRequest>
{
    public UpdateDealValidator()
    {
        RuleFor(d => d.PropertyId).NotNull().When(d => d.Has(nameof(d.PropertyId)));
        RuleFor(d => d.DealType).NotNull().When(d => d.Has(nameof(d.DealType)));
        RuleFor(d => d.Value).NotNull().When(d => d.Has(nameof(d.Value)));
    }
}
