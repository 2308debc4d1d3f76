using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>United States: describe the property, not the people; say who writes.</summary>
internal static class UsRules
{
    private const string FairHousing = "Fair Housing Act, 42 USC 3604(c); 24 CFR 100.75; HUD memorandum of 9 January 1995";

    public static readonly IReadOnlyList<Rule> All =
    [
        Make("fair_housing", FindingSeverity.Block, new(1968, 4, 11), "No preference of people",
            "No word may prefer or exclude by race, colour, religion, sex, disability, family or national origin. "
                + "Words about the property are free: master bedroom, walking distance, family room.",
            FairHousing, c => Wording.Find(c.Texts, Wording.FairHousing)),
        Make("fair_housing_caution", FindingSeverity.Warn, new(1968, 4, 11), "Words that may be read as a preference",
            "Better describe what the home has than whom it suits.", FairHousing, c => Wording.Find(c.Texts, Wording.FairHousingCaution)),
        Make("details_not_shown", FindingSeverity.Warn, new(1996, 5, 1), "The design shows what must be shown",
            "Advertisements show the words Equal Housing Opportunity: the template has a place for notices.",
            "HUD's advertising guidelines (24 CFR 109), guidance since they were withdrawn in 1996", ShownDetails.Check),
        Make("postal_address", FindingSeverity.Block, new(2004, 1, 1), "Postal address in mails",
            "A commercial mail shows the sender's valid postal address.", "CAN-SPAM Act, 15 USC 7704(a)(5)", c =>
                c.Channel == MarketingChannel.Email && c.Subject.Brand.Address is not { Length: > 0 }
                    ? [new Fault("The organization has no postal address.", "Enter address in the organization's settings.")] : []),
        Make("just_sold", FindingSeverity.Warn, new(1914, 9, 26), "Just sold means closed",
            "A sale that has not closed must not be announced as one.", "FTC Act, section 5: deceptive advertising", c =>
                c.Occasion == MarketingCampaignType.JustSold && c.TransferredAt is null
                    ? [new Fault("No closed sale of this property is known.", "Close its deal first.")] : []),
    ];

    private static Rule Make(string code, FindingSeverity severity, DateOnly since, string title, string explanation, string source,
        Func<AdCase, IEnumerable<Fault>> check) =>
            new($"us.{code}", TemplateMarket.Us, severity, since, 1, title, explanation, source, check);
}
