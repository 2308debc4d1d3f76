using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>
/// What somebody hears who asks for a lead that went into another one: where it went, in <c>error.details.merged_into</c>.
/// </summary>
internal static class MergedLead
{
    public static Problem Gone(LeadId id, LeadId into) =>
        new(404, ErrorCodes.NotFound, "ResourceNotFoundError",
            $"Lead {id.Value} was merged into lead {into.Value}.") { Details = Details(into) };

    public static Dictionary<string, object?> Details(LeadId into) => new() { ["merged_into"] = into };
}
