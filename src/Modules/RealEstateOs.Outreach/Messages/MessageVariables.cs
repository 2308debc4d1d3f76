using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Outreach.Messages;

/// <summary>The variables of what is written to a lead; what it or its property does not have is empty.</summary>
internal static class MessageVariables
{
    public static readonly IReadOnlyList<string> Known =
        ["first_name", "last_name", "full_name", "email", "phone", "company", "budget", "area", "agent_name", "agent_email", "agent_phone",
            "sender_name", "sender_email", "company_name", "company_address", "unsubscribe_url", .. PropertyVariables.Known];

    /// <param name="author">Who writes where the lead has no agent.</param>
    public static Dictionary<string, string?> Of(LeadContact lead, Person? agent, Person? author, OrganizationDefaults office,
        ShownProperty? property) => new(PropertyVariables.Of(property))
    {
        ["first_name"] = lead.FirstName, ["last_name"] = lead.LastName, ["full_name"] = $"{lead.FirstName} {lead.LastName}".Trim(),
        ["email"] = lead.Email, ["phone"] = lead.Phone,
        ["company"] = lead.Company, ["area"] = lead.Area,
        ["budget"] = lead.Budget is { } budget ? string.Create(CultureInfo.InvariantCulture, $"{office.Currency} {budget:#,0.##}") : null,
        ["agent_name"] = agent?.FullName, ["agent_email"] = agent?.Email, ["agent_phone"] = agent?.Phone, ["company_name"] = office.Name,
        ["sender_name"] = (agent ?? author)?.FullName, ["sender_email"] = (agent ?? author)?.Email, ["company_address"] = office.Address,
        [Letters.Language] = office.Locale,
    };
}
