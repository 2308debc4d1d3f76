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
        return Moment(midnight, zone);
    }

    /// <summary>
    /// What a clock on the wall shows, in UTC; a time that clocks repeat is the earlier one, one that they jump over is as much later.
    /// </summary>
    public static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        // The first and the last day that there are begin and end with UTC's.
        return new DateTimeOffset(Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }
}
