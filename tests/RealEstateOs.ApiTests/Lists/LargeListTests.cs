using System.Globalization;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Walls;

namespace RealEstateOs.ApiTests.Lists;

/// <summary>
/// In an office with very many rows each filter and sort of a list costs what it answers: rows that PostgreSQL looks at, not time. Filled
/// only where <c>REOS_LIST_ROWS</c> says with how many: among rows of a hundred other tests PostgreSQL plans by other figures.
/// </summary>
public sealed class LargeListTests(Server server)
{
    private const int Page = 20, PerRow = 20, Always = 400, Counted = 10_001;

    private static readonly string[] OfEveryList = ["limit", "offset", "skip", "after", "sort", "fields", "radius_km"];

    [Theory]
    [MemberData(nameof(LargeKinds.Names), MemberType = typeof(LargeKinds))]
    public async Task What_a_list_is_asked_costs_what_it_answers(string name)
    {
        var kind = LargeKinds.All[name];
        var (filters, sorts) = await DeclaredAsync(kind);
        Assert.Empty(filters.Except(kind.Asked.Keys)); // each filter of the list is tried
        if (ManyRows.Count == 0) return;
        var office = await PopulatedOffice.NewAsync(server);
        var original = (await office.Admin.GetAsync($"{kind.Path}?limit=1")).Must(200).Items()[0];
        if (kind.Before is { } prepare) await prepare(office);
        await ManyRows.CopyAsync(office, kind.Table, kind.Differ);

        using var reader = new PlanReader(office);
        var (walked, walkedSorts) = (new List<string>(), new List<string>());
        foreach (var (filter, value) in kind.Asked)
        {
            var asked = value == LargeKinds.AsTheOriginal ? original.At(filter).GetRawText().Trim('"') : value;
            var (rows, total) = await AskAsync($"{filter}={Uri.EscapeDataString(asked)}");
            Assert.True(total is > 0 and < 200, $"{filter} found {total}, where few are wanted");
            if (IsTooMuch(rows, total)) walked.Add(filter.Replace("__lte", "").Replace("__gte", ""));
        }
        foreach (var sort in sorts.SelectMany(s => new[] { s, "-" + s }))
        {
            var (rows, total) = await AskAsync($"sort={sort}");
            if (IsTooMuch(rows, total)) walkedSorts.Add(sort.TrimStart('-'));
        }
        Assert.Equal([], walked.Except(kind.Walked.Split(' ')));
        Assert.Equal([], walkedSorts.Except(kind.WalkedSorts.Split(' ')));

        async Task<(long Rows, long Total)> AskAsync(string query)
        {
            var (answer, rows) = await reader.GetAsync($"{kind.Path}?limit={Page}&{query}");
            answer.Must(200);
            Assert.True(rows > 0, $"nothing was seen of {query}");
            return (rows, long.Parse(answer.Header("X-Total-Count")!, CultureInfo.InvariantCulture));
        }
    }

    private static bool IsTooMuch(long rows, long total) => rows > (PerRow * Page) + (2 * Math.Min(total, Counted)) + Always;

    private async Task<(HashSet<string> Filters, string[] Sorts)> DeclaredAsync(LargeKind kind)
    {
        var parameters = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("paths").At(kind.Path).At("get").At("parameters")
            .EnumerateArray().Where(p => p.Text("in") == "query").ToArray();
        var sort = parameters.Single(p => p.Text("name") == "sort").Text("description")!;
        var known = sort[(sort.IndexOf(": ", StringComparison.Ordinal) + 2)..sort.IndexOf(". ", StringComparison.Ordinal)];
        // min_ and max_ are other words for the same bounds.
        var filters = parameters.Select(p => p.Text("name")!).Except(OfEveryList)
            .Where(n => !n.StartsWith("min_", StringComparison.Ordinal) && !n.StartsWith("max_", StringComparison.Ordinal));
        return ([.. filters], known.Split(", "));
    }
}
