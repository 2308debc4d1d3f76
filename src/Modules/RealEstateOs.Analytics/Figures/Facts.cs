using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>What is counted by the day. The words and amounts of each stand in the view <c>analytics.facts</c>.</summary>
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
    /// <summary>With leads, by the time they were done: type.</summary>
    Activities,
    /// <summary>With clients, by the time they were done: type.</summary>
    ClientActivities,
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
    Measure C);

/// <summary>Counts facts; row-level security holds the organization's wall, the filter on it keeps the plan.</summary>
internal sealed class FactReader(UnitOfWork work)
{
    private static readonly ConcurrentDictionary<(Fact, Cut, Reach, bool Person, bool Span), string> Statements = new();

    public async Task<IReadOnlyList<Cell>> ReadAsync(Fact fact, DaySpan? span, Whose whose, Cut cut, CancellationToken ct,
        TimeZoneInfo? zone = null)
    {
        if (whose.Reach == Reach.None) return [];
        var sql = Statements.GetOrAdd((fact, cut, whose.Reach, whose.Person is not null, span is not null), Write);
        await using var command = new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, Moment(span?.Start), Moment(span?.End),
                new() { Value = (span?.Zone ?? zone)?.Id ?? "UTC" }, new() { Value = whose.Me.Value },
                new() { Value = whose.Person?.Value ?? 0L },
            },
        };
        var cells = new List<Cell>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            cells.Add(new(
                Word(row, 0), Word(row, 1), Word(row, 2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null
                    : row.GetFieldValue<DateOnly>(4), row.GetInt64(5),
                new(row.GetInt64(6), row.GetDecimal(7)), new(row.GetInt64(8), row.GetDecimal(9)),
                new(row.GetInt64(10), row.GetDecimal(11))));
        return cells;
    }

    private static string Write((Fact Fact, Cut Cut, Reach Reach, bool Person, bool Span) form)
    {
        var (fact, cut, reach, person, span) = form;
        string Kept(Cut part, string column, string none) => cut.HasFlag(part) ? column : none;
        var bucket = cut.HasFlag(Cut.Month) ? "date_trunc('month', f.at at time zone $4)::date" : cut.HasFlag(Cut.Day)
            ? "(f.at at time zone $4)::date" : "null::date";
        var sql = new StringBuilder(
            $"""
            select {Kept(Cut.First, "f.first", "null")}, {Kept(Cut.Second, "f.second", "null")}, {Kept(Cut.Third, "f.third", "null")}, {Kept(Cut.Person, "f.person", "null::bigint")}, {bucket},
                count(*), count(f.a), coalesce(sum(f.a), 0), count(f.b), coalesce(sum(f.b), 0), count(f.c), coalesce(sum(f.c), 0)
            from analytics.facts f where f.fact = '{Vocabulary.Word(fact)}' and f.organization_id = $1
            """);
        if (span) sql.Append(" and f.at >= $2 and f.at < $3");
        if (reach == Reach.Own) sql.Append(" and (f.person = $5 or f.created_by = $5").Append(Shared(fact)).Append(')');
        if (person) sql.Append(" and f.person = $6");
        return sql.Append(" group by 1, 2, 3, 4, 5").ToString();
    }

    // Who has a share of a deal sees it, too.
    private static string Shared(Fact fact) =>
        fact is Fact.Deals or Fact.Closed ? " or exists (select from deals.report_shares s where s.deal_id = f.id and s.user_id = $5)" : "";

    private static NpgsqlParameter Moment(DateTimeOffset? moment) => new() { Value = (object?)moment ?? DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static string? Word(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
