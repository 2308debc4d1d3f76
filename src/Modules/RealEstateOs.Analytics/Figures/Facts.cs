using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Figures;

/// <summary>What is counted by the day. The words and amounts of each stand in the view <c>analytics.…_facts</c> of its name.</summary>
internal enum Fact
{
    /// <summary>By entry: status, source; minutes to the first response, score.</summary>
    Leads,
    /// <summary>By entry: status, type, currency; price.</summary>
    Properties,
    /// <summary>By entry: stage, type, currency; value.</summary>
    Deals,
    /// <summary>By closing: won or lost, type, currency; value, gross commission, seconds from entry to closing.</summary>
    Closed,
    /// <summary>Neither won nor lost, by entry: first day of the month in which it is expected to close, –, currency; value, value ×
    /// probability, gross commission × probability.</summary>
    Open,
    /// <summary>With leads, by the time they were done: type.</summary>
    Activities,
    /// <summary>With clients, by the time they were done: type.</summary>
    ClientActivities,
    /// <summary>Won deals by closing: source of the lead, –, currency; value, gross commission, seconds from the property's entry to the
    /// closing.</summary>
    Won,
    /// <summary>By the time a deal left a stage: the stage; seconds that it had stood there.</summary>
    StageMoves,
    /// <summary>
    /// Sent ones, by the time they were written: channel, all that became of it (delivered opened clicked replied bounced).
    /// </summary>
    Communications,
    /// <summary>By entry: the person; minutes to the first response.</summary>
    LeadsByPerson,
    /// <summary>By entry: the person.</summary>
    PropertiesByPerson,
    /// <summary>By closing: the person, won or lost, currency; value, gross commission, seconds from entry to closing.</summary>
    ClosedByPerson,
    /// <summary>Shares in won deals, by closing: the person, –, currency; the person's part of the gross commission.</summary>
    SharesByPerson,
}

/// <summary>What cells are told apart by.</summary>
[Flags]
internal enum Cut { None = 0, First = 1, Second = 2, Third = 4, Person = 8, Month = 16, Day = 32 }

/// <summary>Whose records count: those that the permission reaches, and of these one person's where one is named.</summary>
internal readonly record struct Whose(Reach Reach, UserId Me, UserId? Person)
{
    public static Whose Of(CurrentUser user, string permission, UserId? person) => new(user.ReachOf(permission), user.Id, person);
}

/// <summary>An amount added up, and how many records had one.</summary>
internal readonly record struct Measure(long Known, decimal Sum)
{
    public decimal? Mean => Known == 0 ? null : Sum / Known;

    public static Measure operator +(Measure a, Measure b) => new(a.Known + b.Known, a.Sum + b.Sum);
}

/// <summary>Records that are alike in what they were told apart by.</summary>
internal sealed record Cell(string? First, string? Second, string? Third, long? Person, DateOnly? Bucket, long Count, Measure A, Measure B,
    Measure C)
{
    /// <summary>The person of a fact by person; null where a record is nobody's.</summary>
    public UserId? PersonInFirst() => First is null ? null : new UserId(long.Parse(First, CultureInfo.InvariantCulture));
}
