namespace RealEstateOs.Platform.Tenancy;

/// <summary>Days by an office's own clock.</summary>
public static class LocalDay
{
    /// <summary>The day that a moment belongs to.</summary>
    public static DateOnly Of(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The first moment of a day, in UTC; where clocks jump over midnight, the first that there is, where they repeat it, the
    /// earlier.</summary>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
