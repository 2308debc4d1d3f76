using RealEstateOs.Analytics.Figures;

namespace RealEstateOs.Analytics.Rollups;

/// <summary>How a fact of an office is rolled up. Parameters: 1 organization, 2 zone; <see cref="Forget"/> and <see cref="Note"/> take
/// the fact there.</summary>
internal static class FoldStatements
{
    public const string Forget =
        """
        with blocks as (delete from analytics.rollup_blocks where organization_id = $1 and fact = $2)
        delete from analytics.rollups where organization_id = $1 and fact = $2
        """;

    public const string Note =
        """
        insert into analytics.rolled values ($1, $2, $3, $4)
        on conflict (organization_id, fact) do update set time_zone = excluded.time_zone, rolled_at = excluded.rolled_at
        """;

    private const string Sums = "sum(n), sum(a_known), sum(a), sum(b_known), sum(b), sum(c_known), sum(c)";

    /// <summary>The sums change by what the blocks count now less what they counted; then the blocks are counted anew.</summary>
    public static string[] Of(string fact, bool whole) =>
        whole ? [CountBlocks(fact, whole), AddUp(fact, $"select * from analytics.rollup_blocks where {Of(fact)}")]
        : [
            AddUp(fact,
                $"""
                {Counted(fact, whole)}
                union all
                select organization_id, fact, block, day, first, second, third, -n, -a_known, -a, -b_known, -b, -c_known, -c
                from analytics.rollup_blocks where {Of(fact)} and block in ({Changed(fact)})
                """),
            $"delete from analytics.rollup_blocks where {Of(fact)} and block in ({Changed(fact)})",
            CountBlocks(fact, whole),
        ];

    private static string AddUp(string fact, string cells) =>
        $"""
        insert into analytics.rollups as r
        select $1, '{fact}', grain, case grain when 'day' then day else date_trunc('month', day)::date end as start,
            first, second, third, {Sums}
        from ({cells}) cell cross join (values ('day'), ('month')) grains(grain)
        group by grain, start, first, second, third
        having (sum(n), sum(a_known), sum(a), sum(b_known), sum(b), sum(c_known), sum(c)) <> (0, 0, 0, 0, 0, 0, 0)
        on conflict on constraint rollups_once do update set
            n = r.n + excluded.n, a_known = r.a_known + excluded.a_known, a = r.a + excluded.a,
            b_known = r.b_known + excluded.b_known, b = r.b + excluded.b, c_known = r.c_known + excluded.c_known, c = r.c + excluded.c
        """;

    private static string CountBlocks(string fact, bool whole) => $"insert into analytics.rollup_blocks {Counted(fact, whole)}";

    private static string Counted(string fact, bool whole) =>
        $"""
        select f.organization_id, '{fact}' as fact, f.id >> 8 as block, (f.at at time zone $2)::date as day, f.first, f.second, f.third,
            count(*) as n, count(f.a) as a_known, coalesce(sum(f.a), 0) as a, count(f.b) as b_known, coalesce(sum(f.b), 0) as b,
            count(f.c) as c_known, coalesce(sum(f.c), 0) as c
        from {(whole ? $"analytics.{fact}_facts f where f.organization_id = $1" : Rows(fact))}
        group by 1, 2, 3, 4, 5, 6, 7
        """;

    private static string Rows(string fact) =>
        $"""
        ({Changed(fact)}) changed cross join lateral (
            select * from analytics.{fact}_facts f where f.organization_id = $1
                and f.id >= changed.block << 8 and f.id < (changed.block + 1) << 8 {FactStatements.BlockByBlock}) f
        """;

    private static string Changed(string fact) =>
        $"select distinct c.block from analytics.changed_blocks c where c.organization_id = $1 and c.fact = '{fact}'";

    private static string Of(string fact) => $"organization_id = $1 and fact = '{fact}'";
}
