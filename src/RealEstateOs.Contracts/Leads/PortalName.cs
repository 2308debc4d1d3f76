namespace RealEstateOs.Contracts.Leads;

/// <summary>Portals have one spelling, so that lists and rules find them: <c>property_finder</c>, however it was written.</summary>
public static class PortalName
{
    public static string? Of(string? text) => text?.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_') is { Length: > 0 } name
        ? name : null;
}
