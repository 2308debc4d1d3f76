using System.Globalization;
using System.Xml;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>The XML of Bayut and dubizzle. What is gone is said so: just to leave it out is not enough.</summary>
internal static class BayutFeed
{
    private static readonly Dictionary<PropertyType, string> Types = new()
    {
        [PropertyType.Apartment] = "Apartment", [PropertyType.LuxuryApartment] = "Apartment", [PropertyType.Studio] = "Apartment",
        [PropertyType.Condo] = "Apartment", [PropertyType.Villa] = "Villa", [PropertyType.SingleFamily] = "Villa",
        [PropertyType.Townhouse] = "Townhouse", [PropertyType.Penthouse] = "Penthouse", [PropertyType.Duplex] = "Duplex",
        [PropertyType.HotelApartment] = "Hotel Apartment", [PropertyType.Land] = "Land", [PropertyType.Office] = "Office",
        [PropertyType.Retail] = "Retail", [PropertyType.Warehouse] = "Warehouse",
    };

    public static string? TypeOf(PropertyType? type) => type is { } known ? Types.GetValueOrDefault(known) : null;

    public static void Write(Stream stream, Portal portal, IReadOnlyList<FeedListing> listings,
        IReadOnlyList<(string Reference, DateTimeOffset At)> deleted, DateTimeOffset now)
    {
        using var xml = FeedXml.Open(stream);
        xml.WriteStartElement("Properties");
        xml.WriteAttributeString("last_update", Stamp(listings.Count == 0 ? now : listings.Max(l => l.UpdatedAt)));
        xml.WriteAttributeString("listing_count", (listings.Count + deleted.Count).ToString(CultureInfo.InvariantCulture));
        foreach (var listing in listings) Write(xml, portal, listing);
        foreach (var (reference, at) in deleted)
        {
            xml.WriteStartElement("Property");
            xml.Data("Property_Ref_No", reference);
            xml.Data("Property_Status", "deleted");
            xml.Data("Last_Updated", Stamp(at));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Portal portal, FeedListing l)
    {
        var (p, a) = (l.Listing, l.Advert);
        xml.WriteStartElement("Property");
        xml.Data("Property_Ref_No", l.Reference);
        xml.Data("Permit_Number", p.PermitNumber);
        xml.Data("Property_Status", "live");
        xml.Data("Property_purpose", l.IsRent ? "Rent" : "Buy");
        xml.Data("Property_Type", TypeOf(p.PropertyType));
        xml.Data("Property_Size", Number(p.SquareFeet));
        xml.Data("Property_Size_Unit", "SQFT");
        xml.Data("plotArea", Number(p.LotSize));
        xml.Data("Bedrooms", p.PropertyType == PropertyType.Studio || p.Bedrooms == 0 ? "-1"
            : p.Bedrooms > 10 ? "10+" : p.Bedrooms?.ToString(CultureInfo.InvariantCulture));
        xml.Data("Bathrooms", p.Bathrooms > 10 ? "10+" : Number(p.Bathrooms is { } baths ? Math.Ceiling(baths) : null));
        xml.WriteStartElement("Features");
        foreach (var amenity in l.Subject.Amenities) xml.Data("Feature", amenity);
        xml.WriteEndElement();
        xml.Data("Off_plan", p.CompletionStatus is CompletionStatus.OffPlan or CompletionStatus.OffPlanPrimary ? "Yes" : "No");
        xml.WriteStartElement("Portals");
        xml.Data("Portal", portal == Portal.Bayut ? "Bayut" : "dubizzle");
        xml.WriteEndElement();
        xml.Data("Last_Updated", Stamp(l.UpdatedAt));
        xml.Data("Property_Title", l.Title);
        xml.Data("Property_Title_AR", l.TitleAr);
        xml.Data("Property_Description", l.Description);
        xml.Data("Property_Description_AR", l.DescriptionAr);
        xml.Data("Price", Number(p.Price));
        if (l.IsRent) xml.Data("Rent_Frequency",
            p.RentPeriod switch { RentPeriod.Month => "Monthly", RentPeriod.Week => "Weekly", RentPeriod.Day => "Daily", _ => "Yearly" });
        xml.Data("Furnished", a.Furnishing switch { Furnishing.Furnished => "Yes", Furnishing.SemiFurnished =>
            "Partly", Furnishing.Unfurnished => "No", _ => null });
        xml.Data("City", p.City);
        xml.Data("Locality", p.Community);
        xml.Data("Tower_Name", p.Building);
        xml.WriteStartElement("Images");
        foreach (var photo in l.Photos) xml.Data("Image", photo);
        xml.WriteEndElement();
        if (l.Subject.Agent is { } agent)
        {
            xml.Data("Listing_Agent", agent.FullName);
            xml.Data("Listing_Agent_Phone", agent.Phone);
            xml.Data("Listing_Agent_Email", agent.Email);
        }
        xml.WriteEndElement();
    }

    private static string? Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
