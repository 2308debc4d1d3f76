namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// How like a sale is to a subject: place first, then size, bedrooms, time, and the home's own traits where both are known.
/// </summary>
internal readonly record struct Similarity(double Place, bool SameArea, double? Kilometres, double Size, double Bedrooms, double Recency,
    double Traits, bool HasTraits)
{
    private const double PlaceWeight = 0.35, SizeWeight = 0.25, BedroomsWeight = 0.15, RecencyWeight = 0.15, TraitsWeight = 0.20;

    public double Score
    {
        get
        {
            var sum = PlaceWeight * Place + SizeWeight * Size + BedroomsWeight * Bedrooms + RecencyWeight * Recency;
            var weight = PlaceWeight + SizeWeight + BedroomsWeight + RecencyWeight;
            return HasTraits ? (sum + TraitsWeight * Traits) / (weight + TraitsWeight) : sum / weight;
        }
    }

    public List<SimilarityPart> Parts()
    {
        List<SimilarityPart> parts =
        [
            new("place", Math.Round(Place, 3), PlaceWeight), new("size", Math.Round(Size, 3), SizeWeight),
            new("bedrooms", Math.Round(Bedrooms, 3), BedroomsWeight), new("recency", Math.Round(Recency, 3), RecencyWeight),
        ];
        if (HasTraits) parts.Add(new("traits", Math.Round(Traits, 3), TraitsWeight));
        return parts;
    }

    /// <param name="subject">The home that sales are laid beside.</param>
    /// <param name="place">Where the sale was, and how it differs from the subject's building.</param>
    /// <param name="traits">The sold home's own.</param>
    /// <param name="day">Of the sale.</param>
    /// <param name="latitude">NaN where it is not known.</param>
    /// <param name="longitude">The same.</param>
    public static Similarity Of(in Subject subject, in SalePlace place, float[] traits, int day, float latitude, float longitude)
    {
        double? kilometres = float.IsFinite(subject.Latitude + subject.Longitude + latitude + longitude)
            ? GeoGrid.Kilometres(subject.Latitude, subject.Longitude, latitude, longitude) : null;
        var sameProject = place.Project >= 0 && place.Project == subject.Project;
        var sameArea = place.Area >= 0 && place.Area == subject.Area;
        var sameFamily = sameArea && place.Family >= 0 && place.Family == subject.Family;
        // Buildings of one price level are of one kind; one building at twice another's level is no neighbour in anything but address.
        var inArea = double.IsNaN(place.LevelGap) ? 0.55 : 0.4 + 0.3 * Math.Exp(-0.5 * place.LevelGap * place.LevelGap / (0.2 * 0.2));
        var byDistance = kilometres is { } km ? Math.Exp(-km / 1.5) : 0;
        var near = sameProject ? 1 : Math.Max(sameFamily ? 0.8 : sameArea ? inArea : 0, byDistance * 0.95);
        var gap = (subject.Traits[TraitVector.LogSize] - traits[TraitVector.LogSize]) / 0.2;
        var bedrooms = Math.Abs(subject.Traits[TraitVector.Bedrooms] - traits[TraitVector.Bedrooms]);
        double differences = 0;
        var known = 0;
        foreach (var (trait, width) in (ReadOnlySpan<(int, float)>)
            [(TraitVector.Grade, 1.5f), (TraitVector.Condition, 1.5f), (TraitVector.Age, 25f), (TraitVector.View, 2f),
                (TraitVector.Waterfront, 0.7f), (TraitVector.LogLot, 1f), (TraitVector.Bathrooms, 1.5f)])
        {
            var d = (subject.Traits[trait] - traits[trait]) / width;
            if (float.IsNaN(d)) continue;
            differences += d * d;
            known++;
        }
        return new(near, sameArea, kilometres, Math.Exp(-0.5 * gap * gap), float.IsNaN(bedrooms) ? 0.5 : Math.Exp(-bedrooms),
            Math.Exp(-Math.Max(0, subject.Day - day) / 180.0), known > 0 ? Math.Exp(-0.5 * differences / known) : 0, known > 0);
    }
}

/// <param name="LevelGap">
/// Between the logarithms of what a square metre costs in the sale's project and in the subject's; NaN where either is not known.
/// </param>
internal readonly record struct SalePlace(int Project, int Area, int Family, double LevelGap);
