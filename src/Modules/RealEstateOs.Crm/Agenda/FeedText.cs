using System.Diagnostics.CodeAnalysis;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Agenda;

/// <summary>An agenda as iCalendar (RFC 5545). The same agenda gives the same text: every stamp is that of the last change.</summary>
internal static class FeedText
{
    /// <param name="linkTo">Where a record is opened, such as lead_12; null where people have no application for that.</param>
    public static string Of(IReadOnlyList<AgendaEntry> entries, string name, string host, Func<string, string?> linkTo)
    {
        var calendar = new Calendar { ProductId = "-//Real Estate OS//Agenda//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", Text(name));
        calendar.AddProperty("X-PUBLISHED-TTL", "PT15M");
        foreach (var entry in entries) calendar.Events.Add(Event(entry, host, linkTo(entry.About)));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    // RFC 5545, 3.3.11: a text has no control characters but tabs; line breaks are escaped.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Text(string? text) =>
        text?.Any(IsForbidden) == true ? string.Concat(text.Where(c => !IsForbidden(c))) : text;

    private static bool IsForbidden(char c) => c is < ' ' and not ('\t' or '\n' or '\r') or '\u007f';

    // Grows with each change, as the revision number of RFC 5545 must, without being counted anywhere.
    private static int Revision(DateTimeOffset changed) =>
        (int)Math.Clamp((changed - new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds, 0, int.MaxValue);

    private static CalendarEvent Event(AgendaEntry entry, string host, string? link)
    {
        var changed = new CalDateTime(entry.ChangedAt.UtcDateTime);
        var item = new CalendarEvent
        {
            Uid = $"{entry.Reference.Replace('/', '-')}@{host}", Summary = Text(entry.IsDone ? $"✓ {entry.Title}" : entry.Title),
            Description = Text(Description(entry)), Location = Text(entry.Place),
            Categories = [Vocabulary.Word(entry.Kind)], Status = entry.IsCancelled ? "CANCELLED" : "CONFIRMED",
            Sequence = Revision(entry.ChangedAt), DtStamp = changed, LastModified = changed,
        };
        if (link is not null) item.Url = new Uri(link);
        if (entry.Day is { } day)
        {
            // A day of its own, which keeps nobody from being invited elsewhere.
            (item.Start, item.End, item.Transparency) = (new CalDateTime(day), new CalDateTime(day.AddDays(1)),
                TransparencyType.Transparent);
            return item;
        }
        (item.Start, item.Duration) = (new CalDateTime(entry.At!.Value.UtcDateTime),
            Duration.FromMinutes(TakesAWay(entry) ? 60 : 30));
        if (TakesAWay(entry) && !entry.IsDone && !entry.IsCancelled) item.Alarms.Add(InTime());
        return item;
    }

    private static bool TakesAWay(AgendaEntry entry) => entry.Kind is AgendaKind.Viewing or AgendaKind.Meeting;

    private static Alarm InTime() => new()
    {
        Action = AlarmAction.Display, Description = "In half an hour", Trigger = new Trigger(Duration.FromMinutes(-30)),
    };

    // Whom to call when one is late is looked for there.
    private static string? Description(AgendaEntry entry) => entry.Phone is not { } phone ? entry.Details
        : string.IsNullOrEmpty(entry.Details) ? phone : $"{entry.Details}\n{phone}";
}
