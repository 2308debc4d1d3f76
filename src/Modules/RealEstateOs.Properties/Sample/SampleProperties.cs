using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Properties.Listings;
using RealEstateOs.Properties.Media;
using RealEstateOs.Properties.Valuations;

namespace RealEstateOs.Properties.Sample;

/// <summary>The sample brokerages' listings, each with a drawn picture and two valuations. Names and addresses are invented.</summary>
internal sealed class SampleProperties(Files files, TimeProvider clock) : ISampleData
{
    private sealed record Home(
        string Address, string City, string? Community, string? Building, PropertyType Type, int Bedrooms, decimal Bathrooms,
        decimal SquareFeet, decimal Price, PropertyStage Stage, string Owner,
        string Picture, string[] Tags, double Latitude, double Longitude);

    private static readonly Home[] Dubai =
    [
        new("Marina Heights, Apt 1204", "Dubai", "Dubai Marina", "Marina Heights", PropertyType.Apartment, 2, 2.5m, 1180, 2_150_000,
            PropertyStage.Negotiation, "Hana Aziz", "tower-day", ["sea view", "balcony"], 25.0805, 55.1403),
        new("Burj Vista Court, Apt 3107", "Dubai", "Downtown Dubai", "Burj Vista Court", PropertyType.Apartment, 1, 1.5m, 820, 1_980_000,
            PropertyStage.UnderContract, "Ravi Menon", "tower-dusk", ["high floor"], 25.1972, 55.2744),
        new("Frond Villa 41", "Dubai", "Palm Jumeirah", null, PropertyType.Villa, 4, 5, 4_900, 14_800_000, PropertyStage.Qualified,
            "Elena Petrova", "villa", ["beach", "pool"], 25.1124, 55.1390),
        new("Circle Gardens, Studio 208", "Dubai", "Jumeirah Village Circle", "Circle Gardens", PropertyType.Studio, 0, 1, 440, 690_000,
            PropertyStage.Outreach, "Omar Haddad", "tower-day", ["investment"], 25.0602, 55.2094),
        new("Bay Central, Apt 905", "Dubai", "Business Bay", "Bay Central", PropertyType.Apartment, 1, 1, 760, 1_320_000, PropertyStage.New,
            "Grace Lim", "tower-dusk", ["canal view"], 25.1850, 55.2708),
    ];

    private static readonly Home[] SanFrancisco =
    [
        new("1420 Valencia Street", "San Francisco", "Mission", null, PropertyType.Condo, 2, 2, 1_150, 1_195_000, PropertyStage.Negotiation,
            "June Walker", "tower-day", ["garage"], 37.7524, -122.4205),
        new("88 Ocean Avenue", "San Francisco", "Ingleside", null, PropertyType.SingleFamily, 3, 2, 1_640, 1_480_000, PropertyStage.New,
            "Luis Ortega", "villa", [], 37.7239, -122.4535),
    ];

    public int Order => 100;

    public async Task PlantAsync(SampleContext context, CancellationToken ct)
    {
        var db = context.Services.GetRequiredService<PropertiesDb>();
        var isDubai = context.Name.StartsWith("Acme", StringComparison.Ordinal);
        var agents = context.People.Where(p => !p.Key.StartsWith("admin", StringComparison.Ordinal)).Select(p => p.Value).ToArray();
        // The newest stands first in a list: the flagship is planted last.
        foreach (var (home, place) in (isDubai ? Dubai : SanFrancisco).Select((home, place) => (home, place)).Reverse())
        {
            var property = new Property
            {
                Address = home.Address, City = home.City, State = isDubai ? null : "CA", Country = isDubai ? "AE" : "US",
                Community = home.Community, Building = home.Building, PropertyType = home.Type,
                Bedrooms = home.Bedrooms, Bathrooms = home.Bathrooms, SquareFeet = home.SquareFeet, Price = home.Price,
                Currency = isDubai ? "AED" : "USD", Tags = home.Tags, Latitude = home.Latitude,
                Longitude = home.Longitude, OwnerName = home.Owner,
                OwnerEmail = $"{home.Owner.Replace(' ', '.').ToLowerInvariant()}@example.com", TeamId = context.Team,
                AssignedUserId = agents[place % agents.Length], CompletionStatus = isDubai ? CompletionStatus.Completed : null,
            };
            await db.EnterAsync(property, home.Stage, ct);
            await AddPictureAsync(db, property, home.Picture, ct);
            Value(db, property, home.Price * 0.96m, monthsAgo: 8);
            // The villa is asked for a little more than it was valued at: a portfolio with it has something to reconcile.
            Value(db, property, home.Type == PropertyType.Villa ? home.Price * 0.98m : home.Price, monthsAgo: 1);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task AddPictureAsync(PropertiesDb db, Property property, string name, CancellationToken ct)
    {
        await using var drawn = typeof(SampleProperties).Assembly.GetManifestResourceStream(
            $"{typeof(SampleProperties).Namespace}.{name}.png")!;
        using var bytes = new MemoryStream();
        await drawn.CopyToAsync(bytes, ct);
        var file = await files.SaveOwnAsync(bytes.ToArray(), FileKind.Png, ct);
        db.Add(new PropertyImage { PropertyId = property.Id, FileKey = file.Key.Value, ContentType = file.ContentType, FileSize = file.Size,
            Title = "A drawing, not a photograph", IsPrimary = true });
        db.AddTimeline(property, "image_added", "Image Added", "A drawing, not a photograph");
    }

    private void Value(PropertiesDb db, Property property, decimal value, int monthsAgo)
    {
        var valuation = new Valuation { PropertyId = property.Id, Value = Math.Round(value / 1000) * 1000,
            ValuationDate = DateOnly.FromDateTime(clock.Now().UtcDateTime).AddMonths(-monthsAgo), Source = "Sample valuation" };
        db.Add(valuation);
        db.AddTimeline(property, "valuation_added", "Valuation Added",
            $"{valuation.Value:n0} {property.Currency} on {valuation.ValuationDate:yyyy-MM-dd}");
    }
}
