using RealEstateOs.Leads.Records;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Leads.Import;

/// <summary>The members that a file of leads can fill, and the headings under which such files carry them.</summary>
internal static class LeadColumns
{
    public const string ExternalId = "external_id";

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        [ExternalId] = ["id", "lead_id", "ref", "reference", "record_id", "contact_id"],
        ["first_name"] = ["given_name", "forename"],
        ["last_name"] = ["surname", "family_name"],
        ["email"] = ["email_address", "mail", "e_mail_address"],
        ["phone"] = ["phone_number", "mobile", "mobile_number", "mobile_phone", "telephone", "tel", "cell", "contact_number"],
        ["company"] = ["company_name", "organization", "organisation", "employer"],
        ["source"] = ["lead_source", "channel", "origin"],
        ["status"] = ["lead_status", "stage"],
        ["score"] = ["lead_score"],
        ["budget"] = ["max_budget", "budget_aed", "budget_usd", "price_range"],
        ["timeline"] = ["timeframe", "time_frame", "move_in"],
        ["area"] = ["location", "preferred_area", "community", "neighborhood", "neighbourhood", "preferred_location"],
        ["property_type"] = ["type", "unit_type"],
        ["notes"] = ["note", "comments", "comment", "message", "remarks"],
        ["tags"] = ["tag", "labels"],
        ["assigned_to"] = ["agent_id", "assigned_user_id", "owner_id"],
    };

    public static IReadOnlyList<ImportMember> All { get; } =
        [.. ImportMembers.Of<CreateLeadRequest>(["first_name", "last_name"], Headings), PersonNames.Member("lead_name")];
}
