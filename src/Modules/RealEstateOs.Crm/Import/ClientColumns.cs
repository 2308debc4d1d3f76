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
        ["first_name"] = ["given_name", "forename", "first"],
        ["last_name"] = ["surname", "family_name", "last"],
        ["email"] = ["email_address", "mail", "e_mail_address", "primary_email", "e_mail_1_value", "email_1_value", "work_email",
            "personal_email", "e_mail_2_value", "e_mail_2_address", "email_2"],
        ["phone"] = ["phone_number", "mobile", "mobile_number", "mobile_phone", "telephone", "tel", "cell", "contact_number", "cell_phone",
            "primary_phone", "phone_1_value", "whatsapp", "whatsapp_number", "home_phone", "work_phone", "business_phone", "office_phone",
            "other_phone", "phone_2", "phone_2_value", "phone_3_value", "mobile_2"],
        ["type"] = ["client_type", "role"],
        ["notes"] = ["note", "comments", "comment", "remarks"],
        ["assigned_agent_id"] = ["agent_id", "assigned_to", "assigned_user_id", "owner_id"],
    };

    public static IReadOnlyList<ImportMember> All { get; } =
    [
        .. ImportMembers.Of<CreateClientRequest>(["first_name"],
            Headings, PersonNames.Full).Select(m => m.Name is "email" or "phone" ? m with { HasAlternatives = true } : m),
        PersonNames.Member("client_name"),
            .. ConsentColumns.OfMessages,
        new ImportMember(ImportMember.OwnId, CellKind.Text),
    ];
}
