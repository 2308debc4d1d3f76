using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;

namespace RealEstateOs.Cma.Reports;

/// <summary>Who hands a report over, by the names that they have in its language.</summary>
internal sealed class ReportBrands(IOrganizationDirectory organizations, IAdvertIdentity identities)
{
    /// <summary>The office alone where there is no agent.</summary>
    public async Task<ReportBrand> OfAsync(UserId? agent, bool arabic, CancellationToken ct)
    {
        var (brand, identity) = (await organizations.BrandAsync(ct), await identities.OfAsync(agent, ct));
        var person = agent is { } id ? (await organizations.PeopleAsync([id], ct)).GetValueOrDefault(id) : null;
        string? Own(string? inArabic, string? otherwise) => arabic ? inArabic ?? otherwise : otherwise;
        return new(Own(identity.OfficeArabic, brand.Name)!, person is null ? null : Own(identity.AgentArabic, person.FullName),
            person?.Email, person?.Phone)
        {
            Orn = brand.Orn, Address = brand.Address, Phone = brand.Phone, Website = brand.Website, PrimaryColor = brand.PrimaryColor,
            SecondaryColor = brand.SecondaryColor, AgentTitle = arabic ? identity.TitleArabic : identity.Title, Brn = identity.Brn,
        };
    }
}
