using FluentValidation;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Properties.Listings;

internal abstract class PropertyFieldsValidator<T> : AbstractValidator<T> where T : PropertyFields
{
    protected PropertyFieldsValidator()
    {
        RuleFor(p => p.Latitude).InclusiveBetween(-90, 90);
        RuleFor(p => p.Longitude).InclusiveBetween(-180, 180);
        RuleFor(p => p.RentPeriod).Null().When(p => p.Purpose == ListingPurpose.Sale).WithMessage("is of rents only");
        RuleFor(p => p.Price).GreaterThanOrEqualTo(0);
        RuleFor(p => p.EstimatedValue).GreaterThanOrEqualTo(0);
        RuleFor(p => p.Currency).IsCurrency();
        RuleFor(p => p.Bedrooms).InclusiveBetween(0, 100);
        RuleFor(p => p.Bathrooms).InclusiveBetween(0, 100);
        RuleFor(p => p.SquareFeet).InclusiveBetween(0, 100_000_000);
        RuleFor(p => p.LotSize).InclusiveBetween(0, 10_000_000_000);
        RuleFor(p => p.YearBuilt).InclusiveBetween(1500, 2100);
        RuleFor(p => p.OwnerEmail).IsEmailAddress();
        RuleFor(p => p.OwnerPhone).IsPhoneNumber();
        RuleFor(p => p.BirdDogScore).InclusiveBetween(0, 1);
        RuleFor(p => p.Tags).Must(t => t is null || t.Length <= 100).WithMessage("may have 100 entries");
    }
}

internal sealed class CreatePropertyValidator : PropertyFieldsValidator<CreatePropertyRequest>
{
    public CreatePropertyValidator()
    {
        RuleFor(p => p.Address).NotEmpty();
        RuleFor(p => p.City).NotEmpty();
    }
}

internal sealed class UpdatePropertyValidator : PropertyFieldsValidator<UpdatePropertyRequest>
{
    public UpdatePropertyValidator()
    {
        RuleFor(p => p.Address).NotEmpty().When(p => p.Has(nameof(p.Address)));
        RuleFor(p => p.City).NotEmpty().When(p => p.Has(nameof(p.City)));
    }
}
