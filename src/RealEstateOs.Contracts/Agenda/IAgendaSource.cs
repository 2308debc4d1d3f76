using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Agenda;

/// <summary>
/// Dated work of people in the current organization. Each module that has some implements it; agendas and calendar feeds ask all.
/// </summary>
public interface IAgendaSource
{
    /// <summary>
    /// What is planned for an agent within the span and the signed-in user may see, at most its limit, the earliest first; a constant
    /// number of statements.
    /// </summary>
    Task<IReadOnlyList<AgendaEntry>> EntriesAsync(AgendaSpan span, CancellationToken ct);
}

/// <summary>From the first to before the second moment.</summary>
public sealed record AgendaSpan(UserId Agent, DateTimeOffset From, DateTimeOffset To, int Limit);

/// <summary>What somebody has to do; a closing is a day, everything else a moment.</summary>
public enum AgendaKind { Viewing, Call, Meeting, Email, Sms, Task, Closing, Other }

/// <summary>
/// Something planned. <see cref="Reference"/> names it for good; <see cref="About"/> is the lead, client or deal it belongs to.
/// </summary>
public sealed record AgendaEntry
{
    /// <summary>Names the entry for good, such as lead_12/act_34; a calendar event's UID is made of it.</summary>
    public required string Reference { get; init; }
    public required AgendaKind Kind { get; init; }
    /// <summary>One line: what and with whom, such as "Viewing: Omar Khalil".</summary>
    public required string Title { get; init; }
    /// <summary>The activity's description; null for the closing of a deal.</summary>
    public string? Details { get; init; }
    /// <summary>Address and city of the property that it is about; null without one.</summary>
    public string? Place { get; init; }
    /// <summary>Of the lead or client, as it was written.</summary>
    public string? Phone { get; init; }
    /// <summary>When it begins; null for a whole day.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>The day of what has no hour.</summary>
    public DateOnly? Day { get; init; }
    /// <summary>Id of the lead, client or deal, such as lead_12.</summary>
    public required string About { get; init; }
    /// <summary>Name of the lead or client, or address of the deal's property.</summary>
    public required string AboutName { get; init; }
    /// <summary>The activity was completed.</summary>
    public required bool IsDone { get; init; }
    /// <summary>
    /// It won't take place: an activity whose outcome is "cancelled", the closing of a lost deal. Calendar feeds tell so; the agenda leaves
    /// it out.
    /// </summary>
    public bool IsCancelled { get; init; }
    /// <summary>
    /// Whether the outcome noted with an activity says that it was called off; once saved, the column <c>is_cancelled</c> says the same.
    /// </summary>
    public static bool CalledOff(string? outcome) => outcome?.Trim() is { } said
        && (said.Equals("cancelled", StringComparison.OrdinalIgnoreCase) || said.Equals("canceled", StringComparison.OrdinalIgnoreCase));
    /// <summary>When the activity or the deal last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}
