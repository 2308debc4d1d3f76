using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>
/// Counts facts: the whole office's from what is rolled up and the rows that changed since, a person's from that person's rows. One
/// statement, and so one moment. Row-level security holds the organization's wall, the filter on it keeps the plan.
/// </summary>
internal sealed class FactReader(UnitOfWork work)
{
    public async Task<IReadOnlyList<Cell>> ReadAsync(Fact fact, DaySpan? span, Whose whose, Cut cut, CancellationToken ct,
        TimeZoneInfo? zone = null)
    {
        if (whose.Reach == Reach.None) return [];
        var form = new FactForm(fact, cut, whose.Reach == Reach.Own, whose.Person is not null, span is not null);
        await using var command = new NpgsqlCommand(FactStatements.Of(form), await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value },
                Of(span?.Start, NpgsqlDbType.TimestampTz), Of(span?.End, NpgsqlDbType.TimestampTz),
                Of((span?.Zone ?? zone)?.Id, NpgsqlDbType.Text),
                new() { Value = whose.Me.Value }, new() { Value = whose.Person?.Value ?? 0L },
            },
        };
        if (form is { IsRolledUp: true, Span: true })
            foreach (var day in RolledDays.Of(span!.Value, form.ByDay).Bounds) command.Parameters.Add(new() { Value = day });
        var cells = new List<Cell>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            cells.Add(new(
                Word(row, 0), Word(row, 1), Word(row, 2), row.IsDBNull(3) ? null : row.GetInt64(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), row.GetInt64(5),
                new(row.GetInt64(6), row.GetDecimal(7)), new(row.GetInt64(8), row.GetDecimal(9)),
                new(row.GetInt64(10), row.GetDecimal(11))));
        return cells;
    }

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static string? Word(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>The whole months of a span, and the days before and after them; each with its end, which is excluded.</summary>
internal readonly record struct RolledDays(DateOnly First, DateOnly Months, DateOnly After, DateOnly End)
{
    public static RolledDays Of(DaySpan span, bool byDay)
    {
        var end = span.To.AddDays(1);
        var months = FirstOfMonth(span.From) == span.From ? span.From : FirstOfMonth(span.From).AddMonths(1);
        var after = FirstOfMonth(end);
        return byDay || months >= after ? new(span.From, end, end, end) : new(span.From, months, after, end);
    }

    public DateOnly[] Bounds => [First, Months, After, End];

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
