using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>What operators bring in by <c>market import</c>.</summary>
public sealed class MarketImportTests(Server server)
{
    private const string Quick = "/api/v1/cma/valuation/quick";

    [Fact]
    public async Task Poisoned_rows_are_refused_or_set_aside_and_move_no_estimate()
    {
        const string market = "poisoned";
        var office = await server.NewOfficeAsync();
        await Town.ImportAsync(server, Town.Sales.Select(s => s.ToString()), market: market);
        var clean = await EstimateAsync(office, market);
        string[] poison =
        [
            "9001,2090-01-01,Northbank,Northbank One,apartment,2,960,99000000,0,25.1,55.2", // in the future
            "9002,2026-01-05,Northbank,Northbank One,apartment,2,0,2000000,0,25.1,55.2", // no size
            "9003,2026-01-05,Northbank,Northbank One,apartment,2,960,1,0,25.1,55.2", // no price
            "9004,2026-01-05,Northbank,=HYPERLINK(\"http://evil.example\"),apartment,2,960,900000000,0,25.1,55.2",
            "9005,yesterday,Northbank,Northbank One,apartment,2,960,2000000,0,25.1,55.2",
            "9006,2026-01-05,Northbank,Northbank One,apartment,2,960,a lot,0,25.1,55.2",
            "9007,2026-01-05,,Northbank One,apartment,2,960,2000000,0,25.1,55.2",
            "9008,1890-01-05,Northbank,Northbank One,apartment,2,960,2000000,0,25.1,55.2",
        ];
        var said = await Town.ImportAsync(server, poison, market: market);
        Assert.Contains("8 rows", said, StringComparison.Ordinal);
        Assert.Contains("3 refused", said, StringComparison.Ordinal);
        Assert.Contains("line 6: The date 'yesterday' can't be read.", said, StringComparison.Ordinal);
        Assert.Contains("line 7: The price 'a lot' is no amount in AED.", said, StringComparison.Ordinal);
        Assert.Contains("line 8: The area is missing.", said, StringComparison.Ordinal);
        foreach (var reason in (string[])["future date", "implausible size", "implausible price", "too old"])
            Assert.Contains($"({reason})", said, StringComparison.Ordinal);
        Assert.Equal(clean, await EstimateAsync(office, market));
        Assert.Equal(8 - 3, await server.CountAsync("market.sales where market = $1 and set_aside <> 'none'", market));
    }

    [Fact]
    public async Task Shares_of_homes_are_set_aside_for_a_reason_of_their_own_counted_and_move_no_figure()
    {
        const string market = "shared";
        var office = await server.NewOfficeAsync();
        await Town.ImportAsync(server, Town.Sales.Select(s => s.ToString()), market: market);
        var clean = await EstimateAsync(office, market);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-4);
        var said = await Town.ImportAsync(server,
            Enumerable.Range(0, 12).Select(
                i => $"{9100 + i},{day:yyyy-MM-dd},Northbank,Northbank One,apartment,2,960,{150_000 + i * 9_000},0,25.1,55.2"),
                market: market);
        Assert.Contains("set aside, no comparable: 12 (undeclared share)", said, StringComparison.Ordinal);
        Assert.Equal(12, await server.CountAsync("market.sales where market = $1 and set_aside = 'undeclared_share'", market));
        Assert.Equal(clean, await EstimateAsync(office, market));
    }

    [Fact]
    public async Task While_a_market_is_learned_it_is_told_from_how_many_sales_and_how_long_that_took_last_time()
    {
        const string market = "told";
        var first = await Town.ImportAsync(server, Town.Sales.Select(s => s.ToString()), market: market);
        Assert.Contains(FormattableString.Invariant($"Learning from {Town.Sales.Count:N0} sales of {market} …"), first,
            StringComparison.Ordinal);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-4);
        var again = await Town.ImportAsync(server, [$"9300,{day:yyyy-MM-dd},Northbank,Northbank One,apartment,2,960,1920000,0,25.1,55.2"],
            market: market);
        Assert.Matches(FormattableString.Invariant(
            $"Learning from {Town.Sales.Count + 1:N0} sales of {market}; the last time that took [0-9]+ s …"), again);
    }

    [Fact]
    public async Task Decimal_commas_are_read_and_what_could_be_meant_in_two_ways_is_refused()
    {
        const string market = "commas", header = "id;date;price;area_sqm;zip;bedrooms";
        var said = await Town.ImportAsync(server,
            ["S1;2026-05-22;597500,50;119,5;10115;3", "S2;22.05.2026;552.500,00 AED;110,5 m²;10115;3", "S3;03/04/2026;550000;110;10115;3",
                "S4;2026-05-22;597.500;110;10115;3", "S5;2026-05-22;550000;1.195;10115;3", "S6;2026-05-22;EUR 550000;110;10115;3"],
            header, market);
        Assert.Contains("4 refused", said, StringComparison.Ordinal);
        foreach (var hint in (string[])["'03/04/2026'", "--dates day-first", "'597.500'", "'1.195'", "'EUR 550000' is no amount in AED",
            "--decimal comma"]) Assert.Contains(hint, said, StringComparison.Ordinal);
        Assert.Equal(1, await server.CountAsync("market.sales where market = $1 and price = 597500.50 and size_sqm = 119.5", market));
        Assert.Equal(1, await server.CountAsync("market.sales where market = $1 and price = 552500 and round(size_sqm::numeric, 1) = 110.5",
            market));
    }

    [Fact]
    public async Task The_same_file_twice_adds_nothing_and_a_number_twice_counts_once()
    {
        const string market = "twice";
        string[] rows = [.. Town.Sales.Select(s => s.ToString())];
        Assert.Contains(FormattableString.Invariant($"{rows.Length:N0} new, 0 known already, 1 twice in the file"),
            await Town.ImportAsync(server, [.. rows, rows[0]], market: market), StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"0 new, {rows.Length:N0} known already, 0 twice in the file"),
            await Town.ImportAsync(server, rows, market: market), StringComparison.Ordinal);
        Assert.Equal(rows.Length, await server.CountAsync("market.sales where market = $1", market));
    }

    [Fact]
    public async Task The_land_departments_layouts_are_known_and_a_place_of_two_names_is_one()
    {
        await Town.ImportAsync(server,
            ["102-1-2026,2026-01-01T16:21:33,Sell - Pre registration,1,1,Marsa Dubai,1099573,72.41,72.41,Residential,Unit,Flat,1 B/R,Some Tower,"],
            "TRANSACTION_NUMBER,INSTANCE_DATE,PROCEDURE_EN,IS_OFFPLAN,IS_FREE_HOLD,AREA_EN,TRANS_VALUE,ACTUAL_AREA,PROCEDURE_AREA,USAGE_EN,PROP_TYPE_EN,PROP_SB_TYPE_EN,ROOMS_EN,PROJECT_EN,MASTER_PROJECT_EN");
        await Town.ImportAsync(server,
            ["1-11-2026-2,Sales,Sale,02-01-2026,Unit,Flat,Residential,Existing Properties,DUBAI MARINA,\"Some\nTower\",2 B/R,0,100.5,2000000,19900"],
            "transaction_id,trans_group_en,procedure_name_en,instance_date,property_type_en,property_sub_type_en,property_usage_en,reg_type_en,area_name_en,project_name_en,rooms_en,has_parking,procedure_area,actual_worth,meter_sale_price");
        Assert.Equal(2, await server.CountAsync(
            "market.sales where market = 'dubai' and area = 'Dubai Marina' and project = $1 and not sample and set_aside = 'none'",
            "Some Tower"));
        var office = await server.NewOfficeAsync();
        // Too few to stand on: the invented market still answers, and says so.
        Assert.Equal("sample", (await office.Admin.GetAsync("/api/v1/cma/market/coverage")).Must(200).Text("market_data"));
    }

    [Fact]
    public async Task A_file_without_a_price_column_changes_nothing_and_says_what_is_missing() =>
        Assert.Contains("no column for price", await Town.ImportAsync(server, ["2026-01-01,Northbank,100"], "date,area,size_sqm",
            "unpriced", exitCode: 1), StringComparison.Ordinal);

    private static async Task<decimal> EstimateAsync(Office office, string market) =>
        (await office.Admin.PostAsync(Quick,
            new { market, property = new { location = "Northbank", project = "Northbank One", property_type = "apartment", bedrooms = 2,
                area_sqft = 960 } })).Must(200)
        .Number("valuation.estimated_value");
}
