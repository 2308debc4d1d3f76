using System.Collections.Concurrent;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

/// <param name="Own">Only what the reader may see as the own.</param>
/// <param name="Person">One person's alone.</param>
/// <param name="Span">Of some days; else of all time.</param>
internal readonly record struct FactForm(Fact Fact, Cut Cut, bool Own, bool Person, bool Span)
{
    /// <summary>What is rolled up knows people as words only, in the facts by person.</summary>
    public bool IsRolledUp => !Own && !Person && !Cut.HasFlag(Cut.Person);

    public bool ByDay => Cut.HasFlag(Cut.Day);
}

/// <summary>
/// The statements that count facts. Parameters: 1 organization, 2 and 3 the moments of the span, 4 its zone, 5 the reader, 6 the person,
/// 7 to 10 the days of <see cref="RolledDays"/>.
/// </summary>
internal static class FactStatements
{
    private const string Measures =
        """
        sum(n)::bigint, sum(a_known)::bigint, sum(a), sum(b_known)::bigint, sum(b), sum(c_known)::bigint, sum(c)
        """;

    /// <summary>Keeps the planner from joining all rows first, as it would for the many changed blocks that it expects.</summary>
    public const string BlockByBlock = "offset 0";

    private static readonly ConcurrentDictionary<FactForm, string> Written = new();

    public static string Of(FactForm form) => Written.GetOrAdd(form, Write);

    private static string Write(FactForm form)
    {
        string Kept(Cut part, string column, string none) => form.Cut.HasFlag(part) ? column : none;
        var day = form.Cut.HasFlag(Cut.Month) ? "date_trunc('month', day)::date" : form.ByDay ? "day" : "null::date";
        return
            $"""
            {(form.IsRolledUp ? RolledUp(form) : "with cells as (" + Rows(form) + ")")}
            select {Kept(Cut.First, "first", "null")}, {Kept(Cut.Second, "second", "null")}, {Kept(Cut.Third, "third", "null")},
                {Kept(Cut.Person, "person", "null::bigint")}, {day}, {Measures}
            from cells group by 1, 2, 3, 4, 5 having sum(n) <> 0
            """;
    }

    // What is rolled up; of the blocks that changed since, what was counted out again and the rows in. Where nothing is rolled up by the
    // days of this zone, all rows.
    private static string RolledUp(FactForm form)
    {
        var fact = Vocabulary.Word(form.Fact);
        var rolled = "exists (select from rolled)";
        string Grain(string grain, string days) =>
            $"""
            select r.first, r.second, r.third, r.start as day, r.n, r.a_known, r.a, r.b_known, r.b, r.c_known, r.c
            from analytics.rollups r where r.organization_id = $1 and r.fact = '{fact}' and r.grain = '{grain}'{days} and {rolled}
            """;
        var sums = form.Span
            ? $"""
              {Grain("month", " and r.start >= $8 and r.start < $9")}
              union all
              {Grain("day", " and r.start >= $7 and r.start < $8")}
              union all
              {Grain("day", " and r.start >= $9 and r.start < $10")}
              """
            : Grain(form.ByDay ? "day" : "month", "");
        return
            $"""
            with rolled as (
                select from analytics.rolled r
                where r.organization_id = $1 and r.fact = '{fact}' and r.time_zone = coalesce($4, r.time_zone)),
            changed as materialized (
                select distinct c.block from analytics.changed_blocks c where c.organization_id = $1 and c.fact = '{fact}' and {rolled}),
            cells as (
                {sums}
                union all
                select b.first, b.second, b.third, b.day, -b.n, -b.a_known, -b.a, -b.b_known, -b.b, -b.c_known, -b.c
                from changed join analytics.rollup_blocks b on b.organization_id = $1 and b.fact = '{fact}' and b.block = changed.block
                {(form.Span ? "where b.day >= $7 and b.day < $10" : "")}
                union all
                select f.* from changed cross join lateral (
                    {Rows(form)} and f.id >= changed.block << 8 and f.id < (changed.block + 1) << 8 {BlockByBlock}) f
                union all
                select f.* from (select where not {rolled} offset 0) gate cross join lateral (
                    {Rows(form)} {BlockByBlock}) f)
            """;
    }

    private static string Rows(FactForm form) =>
        $"""
        select f.first, f.second, f.third, {(form.IsRolledUp ? "" : "f.person, ")}(f.at at time zone $4)::date as day, 1 as n,
            (f.a is not null)::int as a_known, coalesce(f.a, 0) as a, (f.b is not null)::int as b_known, coalesce(f.b, 0) as b,
            (f.c is not null)::int as c_known, coalesce(f.c, 0) as c
        from analytics.{Vocabulary.Word(form.Fact)}_facts f where f.organization_id = $1
        {(form.Span ? "and f.at >= $2 and f.at < $3" : "")}
        {(form.Own ? $"and (f.person = $5 or f.created_by = $5{Shared(form.Fact)})" : "")}
        {(form.Person ? "and f.person = $6" : "")}
        """;

    // Who has a share of a deal sees it, too.
    private static string Shared(Fact fact) => fact is Fact.Deals or Fact.Closed or Fact.Won or Fact.Open or Fact.StageMoves
        or Fact.ClosedByPerson or Fact.SharesByPerson
        ? " or exists (select from deals.report_shares s where s.deal_id = f.deal_id and s.user_id = $5)" : "";
}
