using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Leads.Import;

/// <summary>The members that a file of leads can fill, and the headings under which such files carry them.</summary>
internal static class LeadColumns
{
    public const string ExternalId = "external_id";

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        [ExternalId] = ["id", "lead_id", "ref", "reference", "record_id", "contact_id"],
        ["first_name"] = ["given_name", "forename", "first"],
        ["last_name"] = ["surname", "family_name", "last"],
        ["email"] = ["email_address", "mail", "e_mail_address", "primary_email", "e_mail_1_value", "email_1_value", "work_email",
            "personal_email", "e_mail_2_value", "e_mail_2_address", "email_2"],
        ["phone"] = ["phone_number", "mobile", "mobile_number", "mobile_phone", "telephone", "tel", "cell", "contact_number", "cell_phone",
            "primary_phone", "phone_1_value", "whatsapp", "whatsapp_number", "home_phone", "work_phone", "business_phone", "office_phone",
            "other_phone", "phone_2", "phone_2_value", "phone_3_value", "mobile_2"],
        ["company"] = ["company_name", "organization", "organisation", "employer"],
        ["source"] = ["lead_source", "channel", "origin"],
        ["intent"] = ["wants_to", "enquiry_type", "inquiry_type", "looking_to"],
        ["status"] = ["lead_status", "stage"],
        ["score"] = ["lead_score"],
        ["budget"] = ["max_budget", "budget_aed", "budget_usd", "price_range"],
        ["timeline"] = ["timeframe", "time_frame", "move_in"],
        ["area"] = ["location", "preferred_area", "community", "neighborhood", "neighbourhood", "preferred_location"],
        ["property_type"] = ["type", "unit_type"],
        ["notes"] = ["note", "comments", "comment", "remarks"],
        ["message"] = ["enquiry", "inquiry", "enquiry_message"],
        ["bedrooms"] = ["beds", "no_of_bedrooms", "wanted_bedrooms"],
        ["portal"] = ["portal_name"],
        ["portal_reference"] = ["enquiry_id", "inquiry_id", "enquiry_reference", "property_reference", "listing_reference"],
        ["tags"] = ["tag", "labels"],
        ["assigned_to"] = ["agent_id", "assigned_user_id", "owner_id"],
    };

    private static readonly Func<string, string?> Statuses = ImportWords.Of(
        "new: created, open, raw, untouched, fresh, incoming, complete, not contacted",
        "contacted: in contact, working, called, attempted, attempted to contact, in progress",
        "qualified: interested, sql, mql", "unqualified: junk, junk lead, disqualified, not interested, spam",
        "nurturing: nurture, long term",
        "converted: won, closed won, customer, client", "lost: closed lost, dead");

    private static readonly Func<string, string?> Intents = ImportWords.Of(
        "buy: buyer, buying, purchase, sale, for sale, invest, investor", "rent: renter, renting, tenant, lease, rental, for rent",
        "sell: seller, selling, vendor", "let: landlord, letting, to let, rent out, let out");

    private static readonly Func<string, string?> Sources = ImportWords.Of(
        "portal: bayut, property finder, dubizzle, zillow, rightmove, zoopla, realtor.com, idealista, immoscout24",
        "social_media: facebook, fb, instagram, ig, tiktok, linkedin, meta, snapchat, social",
        "website: web, web form, online, site", "landing_page: landing", "walk_in: office visit",
        "advertisement: ads, ad, google ads, adwords, paid search, billboard",
        "referral: word of mouth, friend, recommendation, referred", "phone: call, call in, telephone", "email: newsletter, e-mail",
        "event: open house, exhibition, roadshow");

    public static IReadOnlyList<ImportMember> All { get; } =
    [
        .. ImportMembers.Of<CreateLeadRequest>(["first_name"], Headings, PersonNames.Full).Select(Understood),
        PersonNames.Member("lead_name"),
        .. ConsentColumns.Members,
        new ImportMember(ImportMember.OwnId, CellKind.Text),
    ];

    private static ImportMember Understood(ImportMember member) => member.Name switch
    {
        "email" or "phone" => member with { HasAlternatives = true },
        "status" => member with { Reads = Statuses },
        "portal_reference" => member with { Headings = [.. member.Headings.Where(h => h != "reference")] }, // the record's own, in files
        "source" => member with { Reads = Sources },
        "intent" => member with { Reads = Intents },
        _ => member,
    };
}
