using System.Globalization;
using System.Xml;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>Property Finder's XML. What is not in it is taken off the portal.</summary>
internal static class PropertyFinderFeed
{
    private static readonly Dictionary<PropertyType, string> Types = new()
    {
        [PropertyType.Apartment] = "AP", [PropertyType.LuxuryApartment] = "AP", [PropertyType.Studio] = "AP", [PropertyType.Condo] = "AP",
        [PropertyType.Villa] = "VH", [PropertyType.SingleFamily] = "VH", [PropertyType.Townhouse] = "TH",
        [PropertyType.Penthouse] = "PH", [PropertyType.Duplex] = "DX", [PropertyType.HotelApartment] = "HA", [PropertyType.Land] = "LP",
        [PropertyType.Office] = "OF", [PropertyType.Retail] = "RE", [PropertyType.Warehouse] = "WH",
    };

    private static readonly Dictionary<string, string> Amenities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["central ac"] = "AC", ["balcony"] = "BA", ["kitchen appliances"] = "BK", ["built in wardrobes"] = "BW", ["covered parking"] = "CP",
        ["parking"] = "CP", ["concierge"] = "CS", ["maid room"] = "MR", ["maids room"] = "MR",
        ["pets allowed"] = "PA", ["private garden"] = "PG", ["garden"] = "PG", ["jacuzzi"] = "PJ", ["private pool"] = "PP",
        ["security"] = "SE", ["swimming pool"] = "SP", ["pool"] = "SP", ["shared pool"] = "SP", ["spa"] = "SS",
        ["study"] = "ST", ["gym"] = "SY", ["sea view"] = "VW", ["marina view"] = "VW", ["canal view"] = "VW", ["walk in closet"] = "WC",
        ["barbecue area"] = "BR", ["kids play area"] = "PR", ["children's play area"] = "PR",
    };

    public static string? TypeOf(PropertyType? type) => type is { } known ? Types.GetValueOrDefault(known) : null;

    public static void Write(Stream stream, IReadOnlyList<FeedListing> listings, DateTimeOffset now)
    {
        using var xml = FeedXml.Open(stream);
        xml.WriteStartElement("list");
        xml.WriteAttributeString("last_update", Stamp(listings.Count == 0 ? now : listings.Max(l => l.UpdatedAt)));
        xml.WriteAttributeString("listing_count", listings.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var listing in listings) Write(xml, listing);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, FeedListing l)
    {
        var (p, a) = (l.Listing, l.Advert);
        var commercial = IsCommercial(p.PropertyType);
        xml.WriteStartElement("property");
        xml.WriteAttributeString("last_update", Stamp(l.UpdatedAt));
        xml.Text("reference_number", l.Reference);
        xml.Text(a.PermitType == PermitType.Dtcm ? "dtcm_permit" : "permit_number", p.PermitNumber);
        xml.Text("offering_type", $"{(commercial ? 'C' : 'R')}{(l.IsRent ? 'R' : 'S')}");
        xml.Text("property_type", TypeOf(p.PropertyType));
        WritePrice(xml, l);
        xml.Text("city", p.City);
        xml.Text("community", p.Community ?? p.City);
        xml.Text("property_name", p.Building);
        xml.Text("title_en", l.Title);
        xml.Text("title_ar", l.TitleAr);
        xml.Data("description_en", l.Description);
        xml.Data("description_ar", l.DescriptionAr);
        xml.Text(commercial ? "commercial_amenities" : "private_amenities", string.Join(',', Codes(p)));
        xml.Number("plot_size", p.LotSize);
        xml.Number("size", p.SquareFeet);
        xml.Text("bedroom", p.PropertyType == PropertyType.Studio ? "0" : p.Bedrooms?.ToString(CultureInfo.InvariantCulture));
        xml.Number("bathroom", p.Bathrooms);
        xml.Text("furnished", a.Furnishing switch { Furnishing.Furnished => "Yes", Furnishing.SemiFurnished =>
            "Partly", Furnishing.Unfurnished => "No", _ => null });
        xml.Text("developer", p.Developer);
        xml.Text("completion_status", p.CompletionStatus is { } status ? Vocabulary.Word(status) : null);
        // Longitude first: Dubai is 55 and then 25.
        if (p is { Latitude: { } lat, Longitude: { } lng })
            xml.Text("geopoints", string.Create(CultureInfo.InvariantCulture, $"{lng},{lat}"));
        WritePhotos(xml, l);
        WriteAgent(xml, l);
        xml.WriteEndElement();
    }

    private static void WritePrice(XmlWriter xml, FeedListing l)
    {
        if (!l.IsRent)
        {
            xml.Number("price", l.Listing.Price);
            return;
        }
        xml.WriteStartElement("price");
        xml.Number(l.Listing.RentPeriod switch { RentPeriod.Month => "monthly", RentPeriod.Week => "weekly", RentPeriod.Day => "daily", _ =>
            "yearly" }, l.Listing.Price);
        xml.WriteEndElement();
    }

    private static void WritePhotos(XmlWriter xml, FeedListing l)
    {
        xml.WriteStartElement("photo");
        foreach (var photo in l.Photos)
        {
            xml.WriteStartElement("url");
            xml.WriteAttributeString("last_update", Stamp(l.UpdatedAt));
            xml.WriteAttributeString("watermark", "Yes");
            xml.WriteString(photo);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteAgent(XmlWriter xml, FeedListing l)
    {
        if (l.Subject.Agent is not { } agent) return;
        xml.WriteStartElement("agent");
        xml.Text("id", agent.Id.Value.ToString(CultureInfo.InvariantCulture));
        xml.Text("name", agent.FullName);
        xml.Text("email", agent.Email);
        xml.Text("phone", agent.Phone is { } phone ? new string([.. phone.Where(char.IsAsciiDigit)]) : null);
        xml.Text("license_no", l.Subject.Brn);
        xml.WriteEndElement();
    }

    private static IEnumerable<string> Codes(ListingSnapshot p) =>
        p.Amenities.Concat(p.Features).Select(a => Amenities.GetValueOrDefault(a.Replace('_', ' ').Replace('-', ' ').Trim()))
            .OfType<string>().Distinct();

    internal static bool IsCommercial(PropertyType? type) =>
        type is PropertyType.Office or PropertyType.Retail or PropertyType.Warehouse or PropertyType.Commercial or PropertyType.Industrial;

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>What the portals' XML has in common.</summary>
internal static class FeedXml
{
    public static XmlWriter Open(Stream stream) => XmlWriter.Create(stream,
        new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, CloseOutput = false });

    /// <summary>Nothing where there is no text: required elements must not be empty.</summary>
    public static void Text(this XmlWriter xml, string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        xml.WriteElementString(name, PortalText.Line(text, 4000));
    }

    public static void Data(this XmlWriter xml, string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        xml.WriteStartElement(name);
        xml.WriteCData(PortalText.Block(text)); // "]]>" within is split by the writer
        xml.WriteEndElement();
    }

    /// <summary>Without separators.</summary>
    public static void Number(this XmlWriter xml, string name, decimal? number)
    {
        if (number is { } known) xml.WriteElementString(name, known.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
