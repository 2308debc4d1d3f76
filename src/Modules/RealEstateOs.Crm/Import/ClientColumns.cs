using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Crm.Import;

/// <summary>The members that a file of clients can fill, and the headings under which such files carry them.</summary>
internal static class ClientColumns
{
    public const string ExternalId = "external_id";

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        [ExternalId] = ["id", "client_id", "customer_id", "ref", "reference", "record_id", "contact_id"],
        ["first_name"] = ["given_name", "forename"],
        ["last_name"] = ["surname", "family_name"],
        ["email"] = ["email_address", "mail", "e_mail_address"],
        ["phone"] = ["phone_number", "mobile", "mobile_number", "mobile_phone", "telephone", "tel", "cell", "contact_number"],
        ["type"] = ["client_type", "role"],
        ["notes"] = ["note", "comments", "comment", "remarks"],
        ["assigned_agent_id"] = ["agent_id", "assigned_to", "assigned_user_id", "owner_id"],
    };

    public static IReadOnlyList<ImportMember> All { get; } =
        [.. ImportMembers.Of<CreateClientRequest>(["first_name", "last_name"], Headings), PersonNames.Member("client_name")];
}
