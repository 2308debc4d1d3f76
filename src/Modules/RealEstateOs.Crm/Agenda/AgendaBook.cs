using RealEstateOs.Contracts.Agenda;

namespace RealEstateOs.Crm.Agenda;

/// <summary>Asks every module what an agent has planned, and puts it in order.</summary>
internal sealed class AgendaBook(IEnumerable<IAgendaSource> sources)
{
    public const int Most = 1000;

    public async Task<IReadOnlyList<AgendaEntry>> OfAsync(AgendaSpan span, CancellationToken ct)
    {
        var all = new List<AgendaEntry>();
        foreach (var source in sources) all.AddRange(await source.EntriesAsync(span, ct)); // one connection: one after the other
        return [.. all.OrderBy(e => e.At ?? new DateTimeOffset(e.Day!.Value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
            .ThenBy(e => e.Reference, StringComparer.Ordinal).Take(span.Limit)];
    }
}
