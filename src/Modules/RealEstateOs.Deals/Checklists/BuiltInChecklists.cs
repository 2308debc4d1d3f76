namespace RealEstateOs.Deals.Checklists;

/// <summary>
/// The lists that every organization starts with. Dubai practice: listing by Form A, buyer by Form B, memorandum of understanding
/// by Form F, no objection of the developer, transfer at a trustee's office. A checklist for work, not legal advice.
/// </summary>
internal static class BuiltInChecklists
{
    public static readonly IReadOnlyDictionary<string, (string Name, string Description, TemplateItem[] Items)> All =
        new Dictionary<string, (string, string, TemplateItem[])>(StringComparer.Ordinal)
        {
            ["dubai_sale"] = ("Dubai: sale of a ready property", "From the listing agreement to the title deed.",
            [
                new("form_a", "Form A signed by seller and broker", "The listing agreement; before any marketing.", true),
                new("form_b", "Form B signed by buyer and broker", "The buyer's agency agreement.", true),
                new("form_i", "Form I between the agents", "Only where two agencies share the deal.", false),
                new("title_deed", "Title deed and passports checked", null, true),
                new("form_f", "Form F signed, deposit taken", "The memorandum of understanding between buyer and seller.", true),
                new("mortgage", "Seller's mortgage settled, buyer's loan approved", "Only where there is a mortgage.", false),
                new("noc", "NOC of the developer", "Service charges paid; usually 500 to 5,000 AED.", true),
                new("transfer_fee", "Transfer fee of 4 % paid to the Land Department", null, true),
                new("trustee_fee", "Trustee's fee paid", "2,000 AED below 500,000, else 4,000, with 5 % VAT.", true),
                new("transfer", "Transfer at the trustee's office", null, true),
                new("new_title_deed", "Title deed in the buyer's name", null, true),
                new("commission", "Commission invoiced, VAT as a line of its own", null, true),
            ]),
            ["dubai_lease"] = ("Dubai: lease", "From the listing to Ejari.",
            [
                new("form_a", "Form A or letter of the landlord", "Before any marketing.", true),
                new("tenancy_contract", "Tenancy contract signed", null, true),
                new("cheques", "Rent cheques and deposit received", null, true),
                new("ejari", "Ejari registered", null, true),
                new("dewa", "DEWA moved to the tenant", null, true),
                new("handover", "Handover with inventory and keys", null, true),
                new("commission", "Commission invoiced, VAT as a line of its own", null, true),
            ]),
        };
}

/// <summary>A step of a template.</summary>
/// <param name="Code">A short name for programs, such as noc.</param>
/// <param name="Title">What has to be done, up to 300 letters.</param>
/// <param name="Description">How to do it, or whom to ask.</param>
/// <param name="IsRequired">A word to people: a deal may be won with it open.</param>
internal sealed record TemplateItem(string? Code, string Title, string? Description, bool IsRequired);
