using System.Text;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>Files as they come: separators, quotes, line ends, broken lines, other formats.</summary>
public sealed class ImportFileTests(Server server)
{
    [Fact]
    public async Task Broken_lines_cost_themselves_and_are_named_by_their_physical_line()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync(
            "address,city,price,bedrooms\n" +       // 1
            "1 Quay St,Dubai,100000,2\n" +           // 2
            "2 Quay St,\"Dubai,200000,2\n" +         // 3: never closed
            "3 Quay St,Dubai,300000,2,surplus,7\n" + // 4: too many
            "\"4 Quay\nSt\",Dubai,400000,2\n" +      // 5 and 6: a quoted line break
            ",Dubai,500000,2\n" +                    // 7: no address
            "6 Quay St,Dubai,a lot,-4\n" +           // 8: two faults
            "7 Quay St,Dubai,700000,2\n");           // 9
        import.MustCount(inserted: 3, failed: 4);
        var errors = await office.Admin.ErrorsAsync(import);
        Assert.Equal([(3, null), (4, null), (7, "address"), (8, "price"), (8, "bedrooms")], errors.Select(e => (e.Line, e.Field)));
        Assert.Contains("never closed", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(["1 Quay St", "4 Quay\nSt", "7 Quay St"],
            (await office.Admin.GetAsync("/api/v1/properties?sort=price")).Must(200).Items().Select(p => p.Text("address")));
    }

    [Fact]
    public async Task A_quote_that_meets_another_lines_quote_costs_one_line_only()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync(
            "address,city\n1 A St,\"Dubai\n\"2 B St\",Dubai\n3 C St,\"Dubai\"\n\"4 \"\"D\"\" St\",Dubai\n");
        import.MustCount(inserted: 3, failed: 1);
        Assert.Equal(2, Assert.Single(await office.Admin.ErrorsAsync(import)).Line);
        Assert.Equal(1, await office.Admin.CountAsync("search=4%20d"));
    }

    [Theory]
    [InlineData(";", "\r\n", true)]
    [InlineData("\t", "\n", false)]
    [InlineData("|", "\r\n", false)]
    [InlineData(",", "\n", true)]
    public async Task Separators_line_ends_and_a_byte_order_mark_are_understood(string separator, string end, bool mark)
    {
        var office = await server.NewOfficeAsync();
        string[][] rows = [["Address", "CITY", "List Price", "Zip-Code", "Beds"], ["1 Öl St", "Dubai", "\"AED 1,200,000\"", "00501", "3"],
            ["2 Öl St", "", "", "", ""]];
        var text = string.Concat(rows.Select(r => string.Join(separator, r) + end));
        var bytes = Encoding.UTF8.GetBytes(text);
        var answer = await office.Admin.UploadAsync(mark ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes, "list.csv",
            ("defaults", "{\"city\": \"Sharjah\"}"));
        var import = await office.Admin.FinishedAsync(answer.Must(202).Text("id")!);
        import.MustCount(inserted: 2);
        var house = Assert.Single((await office.Admin.GetAsync("/api/v1/properties?city=Dubai")).Must(200).Items());
        Assert.Equal(("1 Öl St", 1_200_000m, "00501", 3m),
            (house.Text("address"), house.Number("price"), house.Text("zip_code"), house.Number("bedrooms")));
        Assert.Equal(1, await office.Admin.CountAsync("city=Sharjah"));
    }

    [Fact]
    public async Task Poison_in_cells_is_refused_row_by_row()
    {
        var office = await server.NewOfficeAsync();
        byte[] file =
        [
            .. "address,city,description,price,date\n"u8,
            .. "1 N\0UL St,Dubai,,1,\n"u8,
            .. "2 "u8, 0xE9, .. "clair St,Dubai,,1,\n"u8, // Windows-1252
            .. Encoding.UTF8.GetBytes($"3 Long St,Dubai,{new string('x', 1024 * 1024)},1,\n"),
            .. "4 Sum St,Dubai,=1+1,99999999999999999999,\n"u8,
            .. "5 Date St,Dubai,,1,03/04/2025\n"u8,
            .. "6 Good St,Dubai,=1+1,1,13/04/2025\n"u8,
        ];
        var answer = await office.Admin.UploadAsync(file, "poison.csv");
        Assert.Equal(415, answer.Status); // a NUL right at the start is no text
        file = [.. "address,city,description,price,date\n"u8,
            .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0 Pad St,Dubai,,,\n", 300))), .. file[36..]];
        var import = await office.Admin.FinishedAsync((await office.Admin.UploadAsync(file, "poison.csv")).Must(202).Text("id")!);
        import.MustCount(inserted: 301, failed: 5);
        var errors = await office.Admin.ErrorsAsync(import);
        Assert.Equal([(302, "address"), (303, null), (304, "description"), (305, "price"), (306, "sale_date")],
            errors.Select(e => (e.Line, e.Field)));
        Assert.Equal("=1+1", Assert.Single((await office.Admin.GetAsync("/api/v1/properties?search=good")).Must(200).Items())
            .Text("description"));
    }

    [Fact]
    public async Task Json_comes_as_an_array_or_one_object_a_line_and_a_broken_one_costs_itself()
    {
        var office = await server.NewOfficeAsync();
        var lines = await office.Admin.ImportAsync(
            "{\"address\": \"1 J St\", \"city\": \"Dubai\", \"zip\": 98178, \"tags\": [\"sea\"], \"floors\": 2}\n{\"address\": \"2 J St, \"city\": \"Dubai\"}\n\n[1]\n{\"address\": \"3 J St\", \"city\": \"Dubai\", \"price\": null}\n", "houses.jsonl");
        lines.MustCount(inserted: 2, failed: 2);
        Assert.Equal([2, 4], (await office.Admin.ErrorsAsync(lines)).Select(e => e.Line));
        var array =
            await office.Admin.ImportAsync("[\n  {\"address\": \"4 J St\", \"city\": \"Dubai\"},\n  {\"address\": 5, \"city\": "
                + "[\"Dubai\"]},\n {\"address\": \"6 {[\\\" St\", \"city\": \"Dubai\"}\n]", "houses.json");
        array.MustCount(inserted: 2, failed: 1);
        Assert.Equal([(3L, "city")], (await office.Admin.ErrorsAsync(array)).Select(e => (e.Line, e.Field)));
        var first = Assert.Single((await office.Admin.GetAsync("/api/v1/properties?tags=sea")).Must(200).Items());
        Assert.Equal(("98178", 2m), (first.Text("zip_code"), first.Number("metadata.floors")));
    }

    [Fact]
    public async Task What_is_no_table_at_all_is_refused_at_the_door()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(415, (await office.Admin.UploadAsync([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0],
            "houses.csv")).Status);
        Assert.Equal(["file"], (await office.Admin.UploadAsync("Dear Sir, please find enclosed\nnothing at all"u8.ToArray(),
            "letter.txt")).MustNameFields());
        Assert.Equal(["file"], (await office.Admin.UploadAsync("not json"u8.ToArray(), "houses.json")).MustNameFields());
        Assert.Equal(["file"], (await office.Admin.UploadAsync([], "houses.csv")).MustNameFields());
        Assert.Equal(["entity"],
            (await office.Admin.UploadAsync("address,city\n"u8.ToArray(), "houses.csv", ("entity", "castles"))).MustNameFields());
        Assert.Equal(["address", "city"], (await office.Admin.UploadAsync("price\n5\n"u8.ToArray(), "houses.csv")).MustNameFields());
        Assert.Equal(["mapping.where", "defaults.moat"], (await office.Admin.UploadAsync(
            "address,city\n"u8.ToArray(), "houses.csv", ("mapping", "{\"where\": \"moat\"}"),
            ("defaults", "{\"moat\": \"x\"}"))).MustNameFields());
        Assert.Equal(["file"], (await office.Admin.PostAsync("/api/v1/data/import",
            new MultipartFormDataContent { { new StringContent("properties"), "entity" } })).MustNameFields());
        Assert.Equal(415, (await office.Admin.PostAsync("/api/v1/data/import", new { entity = "properties" })).Status);
        Assert.Empty((await office.Admin.GetAsync("/api/v1/data/status")).Must(200).Items());
    }
}
