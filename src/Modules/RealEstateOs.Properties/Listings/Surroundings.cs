using System.Globalization;
using System.Linq.Expressions;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Properties.Listings;

/// <summary>
/// A circle around a place. Rows are found by the box around it, which an index serves, and measured by the haversine formula on a sphere
/// of the Earth's mean radius (6371.0088 km, IUGG): right to half a percent.
/// </summary>
internal sealed class Surroundings
{
    public const double UsualKm = 5, MostKm = 500;
    private const double EarthKm = 6371.0088, Degree = Math.PI / 180;

    private Surroundings(double latitude, double longitude, double radiusKm)
    {
        (Latitude, Longitude, RadiusKm) = (latitude, longitude, radiusKm);
        CosLatitude = Math.Cos(latitude * Degree);
        var height = radiusKm / EarthKm / Degree;
        (South, North) = (latitude - height, latitude + height);
        // Where the circle reaches a pole, it goes through all longitudes.
        var width = South <= -90 || North >= 90 ? 180 : Math.Asin(Math.Min(1, Math.Sin(radiusKm / EarthKm) / CosLatitude)) / Degree;
        (West, East) = (longitude - width, longitude + width);
    }

    private double Latitude { get; }
    private double Longitude { get; }
    private double RadiusKm { get; }
    private double CosLatitude { get; }
    private double South { get; }
    private double North { get; }
    private double West { get; }
    private double East { get; }

    /// <summary>Null where the query names no place, or none that can be read: the list says so.</summary>
    public static Surroundings? Read(ListRequest list, string? near, double? radiusKm)
    {
        if (radiusKm is not null and not (> 0 and <= MostKm)) list.Fail("radius_km", $"must be more than 0 and at most {MostKm}");
        if (string.IsNullOrWhiteSpace(near))
        {
            if (radiusKm is not null) list.Fail("near", "is required with radius_km");
            return null;
        }
        if (near.Split(',') is [var first, var second] && Number(first) is >= -90 and <= 90 and var latitude
            && Number(second) is >= -180 and <= 180 and var longitude)
            return new Surroundings(latitude, longitude, radiusKm is > 0 and <= MostKm ? radiusKm.Value : UsualKm);
        list.Fail("near", "must be a latitude and a longitude in degrees, such as 25.0805,55.1403");
        return null;
    }

    public Expression<Func<Property, double>> Distance => p => 2 * EarthKm * Math.Asin(Math.Sqrt(Math.Min(1,
        Math.Pow(Math.Sin((p.Latitude!.Value - Latitude) * Degree / 2), 2)
            + CosLatitude * Math.Cos(p.Latitude!.Value * Degree) * Math.Pow(Math.Sin((p.Longitude!.Value - Longitude) * Degree / 2), 2))));

    public IQueryable<Property> Of(IQueryable<Property> properties)
    {
        var box = properties.Where(p => p.Latitude >= South && p.Latitude <= North);
        box = (West < -180, East > 180) switch
        {
            (true, true) => box.Where(p => p.Longitude != null),
            (true, false) => box.Where(p => p.Longitude >= West + 360 || p.Longitude <= East),
            (false, true) => box.Where(p => p.Longitude >= West || p.Longitude <= East - 360),
            _ => box.Where(p => p.Longitude >= West && p.Longitude <= East),
        };
        var (distance, here) = (Distance, Expression.Constant(this));
        return box.Where(Expression.Lambda<Func<Property, bool>>(
            Expression.LessThanOrEqual(distance.Body, Expression.Property(here, nameof(RadiusKm))), distance.Parameters));
    }

    /// <summary>What a list shows, with how far it is.</summary>
    public Expression<Func<Property, PropertyResponse>> Shown()
    {
        var (shown, distance) = (PropertyResponse.Projection, Distance);
        var body = (MemberInitExpression)shown.Body;
        var kilometres = Expression.Invoke(distance, shown.Parameters[0]);
        var rounded = Expression.Call(typeof(Math), nameof(Math.Round), null, kilometres, Expression.Constant(3));
        var member = typeof(PropertyResponse).GetProperty(nameof(PropertyResponse.DistanceKm))!;
        return Expression.Lambda<Func<Property, PropertyResponse>>(
            body.Update(body.NewExpression, [.. body.Bindings, Expression.Bind(member, Expression.Convert(rounded, typeof(double?)))]),
            shown.Parameters);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
