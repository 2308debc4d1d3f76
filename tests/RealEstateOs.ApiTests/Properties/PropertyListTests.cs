using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Properties;

public sealed partial class PropertyListTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Fact]
    public async Task Pages_lead_through_the_whole_list_while_rows_are_inserted()
    {
        var office = await server.NewOfficeAsync();
        var expected = new List<long>();
        for (var i = 0; i < 9; i++) expected.Add(await office.NewPropertyAsync(Samples.Property(("price", i % 3 == 0 ? null : i % 2))));
        foreach (var sort in new[] { "price", "-price", "-price,address", "created_at", "-city" })
        {
            var seen = new List<long>();
            for (var next = $"{Path}?limit=2&sort={sort}&max_price=5"; next is not null;)
            {
                var page = await office.Admin.GetAsync(next);
                seen.AddRange(page.Must(200).Items().Select(p => p.Id()));
                if (seen.Count == 2) await office.NewPropertyAsync(Samples.Property(("price", 99)));
                Assert.Equal("6", page.Header("X-Total-Count"));
                next = NextLink().Match(page.Header("Link")!) is { Success: true } m ? new Uri(m.Groups[1].Value).PathAndQuery : null;
            }
            Assert.Equal(expected.Where((_, i) => i % 3 != 0).Order(), seen.Order());
        }
    }

    [Fact]
    public async Task Rows_without_a_value_come_last_in_both_directions()
    {
        var office = await server.NewOfficeAsync();
        foreach (var price in new decimal?[] { null, 5, 7, null, 6 }) await office.NewPropertyAsync(Samples.Property(("price", price)));
        foreach (var (sort, wanted) in new[] { ("price", "5,6,7,,"), ("-price", "7,6,5,,") })
        {
            var prices = new List<string>();
            for (var next = $"{Path}?limit=1&sort={sort}"; next is not null;)
            {
                var page = await office.Admin.GetAsync(next);
                prices.AddRange(page.Must(200).Items().Select(p => p.IsNull("price") ? "" : $"{p.Number("price"):0}"));
                next = NextLink().Match(page.Header("Link")!) is { Success: true } m ? new Uri(m.Groups[1].Value).PathAndQuery : null;
            }
            Assert.Equal(wanted, string.Join(',', prices));
        }
    }

    [Theory]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=5000", "limit")]
    [InlineData("offset=-3", "offset")]
    [InlineData("sort=no_such_field", "sort")]
    [InlineData("stage=asleep", "stage")]
    [InlineData("min_price=cheap", "min_price")]
    [InlineData("bird_dog_score__gte=x", "bird_dog_score__gte")]
    [InlineData("has_memo=perhaps", "has_memo")]
    [InlineData("team_id=lead_5", "team_id")]
    [InlineData("after=garbage", "after")]
    [InlineData("search=%00", "search")]
    [InlineData("created_at__gte=yesterday", "created_at__gte")]
    public async Task A_parameter_that_cannot_be_read_is_named(string query, string parameter)
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal([parameter], (await office.Admin.GetAsync($"{Path}?{query}")).MustNameFields());
    }

    [Fact]
    public async Task Two_bad_parameters_are_both_named() =>
        Assert.Equal(["limit", "sort", "stage"],
            (await (await server.NewOfficeAsync()).Admin.GetAsync($"{Path}?limit=-1&stage=x&sort=y")).MustNameFields().Order());

    [Fact]
    public async Task Filters_of_the_guide_return_what_fits()
    {
        var office = await server.NewOfficeAsync();
        var main = await office.NewPropertyAsync(Samples.Property(("address", "123 Main St"), ("city", "Oakland"),
            ("owner_name", "Jane Johnson"), ("tags", new[] { "hot", "owner-occupied" }), ("bird_dog_score", 0.9), ("price", 700)));
        await office.NewPropertyAsync(Samples.Property(("address", "9 Elm"), ("bird_dog_score", 0.2), ("price", 900),
            ("tags", new[] { "hot" })));
        foreach (var query in new[]
                 {
                     "search=main", "search=Johnson", "search=oak", "search=jane main", "tags=hot,owner-occupied",
                     "tags=owner-occupied&tags=hot", "bird_dog_score__gte=0.7",
                     "max_price=800", "price__lte=700", "city=Oakland", $"team_id={office.TeamId}&city=Oakland",
                     "stage=new,outreach&max_price=800", "has_memo=False&max_price=800",
                 })
            Assert.Equal([main], (await office.Admin.GetAsync($"{Path}?{query}")).Must(200).Items().Select(p => p.Id()));
        foreach (var query in new[] { "search=zzz", "tags=none", "has_memo=true", "stage=closed_won", "search=%25",
            "assigned_user_id=999999" })
            Assert.Empty((await office.Admin.GetAsync($"{Path}?{query}")).Must(200).Items());
    }

    [Fact]
    public async Task A_list_is_to_be_had_as_csv_that_no_spreadsheet_runs()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync(Samples.Property(("address", "=cmd()"), ("city", "A, \"B\"")));
        var csv = await office.Admin.GetAsync($"{Path}?limit=1", ("Accept", "text/csv"));
        Assert.StartsWith("text/csv", csv.Header("Content-Type"), StringComparison.Ordinal);
        var lines = csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,organization_id,address,city", lines[0], StringComparison.Ordinal);
        Assert.Contains("'=cmd()", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"A, \"\"B\"\"\"", lines[1], StringComparison.Ordinal);
    }

    [GeneratedRegex("<([^>]+)>; rel=\"next\"")]
    private static partial Regex NextLink();
}
