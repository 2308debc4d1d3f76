using System.Globalization;
using System.Text;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>What an import does to the records: as many as the file says, once, with all traces.</summary>
public sealed class ImportTests(Server server)
{
    private const string Header = "id,date,price,bedrooms,bathrooms,sqft_living,sqft_lot,floors,yr_built,zipcode,lat,long\n";

    private static readonly string[] Zips = ["98001", "98103", "98178", "98004"];

    private sealed record Sale(int House, DateOnly Day, decimal Price, int Bedrooms, decimal Bathrooms, string Zip)
    {
        public string Line => string.Create(CultureInfo.InvariantCulture,
            $"H{House},{Day:yyyyMMdd}T000000,{Price},{Bedrooms},{Bathrooms},{700 + House},5000,1.5,"
                + $"{1900 + (House % 120)},{Zip},47.5,-122.2\n");
    }

    private static List<Sale> Sales(int houses, int soldTwice)
    {
        var random = new Random(42);
        Sale Of(int house, int days) => new(house, new DateOnly(2014, 5, 1).AddDays(days), random.Next(100, 2000) * 1000, random.Next(1, 6),
            random.Next(4, 14) * 0.25m, Zips[house % Zips.Length]);
        var sales = Enumerable.Range(1, houses).Select(h => Of(h, random.Next(100, 200))).ToList();
        // Half of them are sold again later, half of the second records tell of an earlier sale.
        sales.AddRange(Enumerable.Range(1, soldTwice).Select(h => Of(h, h % 2 == 0 ? 300 : 10)));
        return sales;
    }

    [Fact]
    public async Task A_file_of_thousands_arrives_completely_and_filters_count_what_it_says()
    {
        var office = await server.NewOfficeAsync();
        var sales = Sales(houses: 4_900, soldTwice: 100);
        var import = await office.Admin.ImportAsync(Header + string.Concat(sales.Select(s => s.Line)));
        import.MustCount(inserted: 4_900, updated: 100);
        Assert.Equal(100, import.Long("repeated"));
        Assert.Equal("sale_date", import.Text("mapping.date"));
        Assert.Equal("metadata", import.Text("mapping.floors"));
        // A second record of a house changes all it says, but the price stays that of the latest sale.
        var latest = sales.GroupBy(s => s.House).Select(g => g.Last() with { Price = g.MaxBy(s => s.Day)!.Price }).ToList();
        Assert.Equal(latest.Count(s => s.Bedrooms == 3 && s.Price is >= 300_000 and <= 900_000),
            await office.Admin.CountAsync("bedrooms=3&min_price=300000&max_price=900000"));
        Assert.Equal(latest.Count(s => s.Bathrooms == 2.25m), await office.Admin.CountAsync("bathrooms=2.25"));
        Assert.Equal(latest.Count(s => s.Bathrooms >= 2.75m), await office.Admin.CountAsync("bathrooms__gte=2.75"));
        Assert.Equal(latest.Count(s => s.Zip == "98103"), await office.Admin.CountAsync("zip_code=98103"));
        Assert.Equal(4_900, await office.Admin.CountAsync());
    }

    [Fact]
    public async Task A_house_sold_twice_is_one_property_with_two_valuations_at_the_latest_price()
    {
        var office = await server.NewOfficeAsync();
        const string rows = "H1,20150301T000000,900000,3,2,900,1,1,1990,98001,1,1\nH1,20140601T000000,700000,3,2,900,1,1,1990,98001,1,1\n";
        (await office.Admin.ImportAsync(Header + rows)).MustCount(inserted: 1, updated: 1);
        var house = Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items());
        Assert.Equal((900_000m, 900_000m, "H1"), (house.Number("price"), house.Number("estimated_value"), house.Text("external_id")));
        var valuations = (await office.Admin.GetAsync($"/api/v1/properties/{house.Id()}/valuations")).Must(200).Items();
        Assert.Equal([("2015-03-01", 900_000m, "sale"), ("2014-06-01", 700_000m, "sale")],
            valuations.Select(v => (v.Text("valuation_date"), v.Number("value"), v.Text("source"))));
        (await office.Admin.ImportAsync(Header + rows)).MustCount(unchanged: 2);
        Assert.Equal(2, (await office.Admin.GetAsync($"/api/v1/properties/{house.Id()}/valuations")).Must(200).Items().Length);
    }

    [Fact]
    public async Task An_imported_property_leaves_the_traces_of_a_created_one()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.ImportAsync("address,city,external_id\n1 Trace St,Dubai,X1\n")).MustCount(inserted: 1);
        var id = Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items()).Id();
        (await office.Admin.ImportAsync("external_id,price\nX1,5\n")).MustCount(updated: 1);
        var created = await office.NewPropertyAsync(Samples.Property(("external_id", "X2")));
        foreach (var property in new[] { id, created })
        {
            Assert.Equal("property_created",
                (await office.Admin.GetAsync($"/api/v1/properties/{property}/timeline")).Must(200).Items()[0].Text("event_type"));
            Assert.Equal(1L,
                await ScalarAsync("select count(*) from properties.stage_moves "
                    + $"where property_id = {property} and from_stage is null and moved_by = {office.AdminId}"));
            Assert.Equal(1L,
                await ScalarAsync("select count(*) from platform.audit_logs "
                    + $"where resource_type = 'property' and resource_id = {property} and action = 'created' and user_id = "
                    + $"{office.AdminId} and changes ? 'address'"));
            Assert.Equal(1L,
                await ScalarAsync("select count(*) from platform.outbox "
                    + $"where event_type = 'property.created' and (payload ->> 'property_id')::bigint = {property}"));
        }
        Assert.Equal(1L,
            await ScalarAsync("select count(*) from platform.audit_logs "
                + $"where resource_type = 'property' and resource_id = {id} and action = 'updated' and changes ? 'price'"));
        Assert.Equal(1L, await ScalarAsync(
            $"select count(*) from platform.outbox where event_type = 'property.updated' and (payload ->> 'property_id')::bigint = {id}"));
        var house = (await office.Admin.GetAsync($"/api/v1/properties/{id}")).Must(200);
        Assert.Equal(("1 Trace St", 5m, office.TeamId), (house.Text("address"), house.Number("price"), house.Long("team_id")));
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync("address,city,external_id\n1 Dry St,Dubai,X1\n2 Dry St,,X2\n1 Dry St,Abu Dhabi,X1\n",
            "dry.csv", ("dry_run", "true"));
        import.MustCount(inserted: 1, updated: 1, failed: 1);
        Assert.Equal("city", Assert.Single(await office.Admin.ErrorsAsync(import)).Field);
        Assert.Equal(0, await office.Admin.CountAsync());
        Assert.Equal(0L, await ScalarAsync(
            $"select count(*) from platform.outbox where event_type like 'property.%' and organization_id = {office.OrganizationId}"));
    }

    [Fact]
    public async Task A_run_that_dies_between_batches_goes_on_where_it_was_and_doubles_nothing()
    {
        var office = await server.NewOfficeAsync();
        var name = $"dies-{Guid.NewGuid():n}.csv";
        // The database refuses the third batch once, as if the host had been killed there.
        await ExecuteAsync(
            $"""
            create sequence operations."{name}";
            grant usage on sequence operations."{name}" to reos_app, reos_system;
            create function operations."{name}"() returns trigger language plpgsql as $$ begin
                if new.file_name = '{name}' and new.rows_read > 2000
                and nextval('operations."{name}"') = 1 then raise exception 'killed'; end if;
                return new; end $$;
            create trigger "{name}" before update on imports.imports for each row execute function operations."{name}"();
            """);
        var import = await office.Admin.ImportAsync(
            "address,city\n" + string.Concat(Enumerable.Range(1, 3_500).Select(i => $"{i} Kill St,Dubai\n")), name);
        import.MustCount(inserted: 3_500);
        Assert.Equal(3_500, await office.Admin.CountAsync());
        Assert.Equal(2, (await office.Admin.GetAsync(import.Text("progress_url")!)).Must(200).Long("attempts"));
        Assert.Equal(3_500L, await ScalarAsync(
            $"select count(distinct address) from properties.properties where organization_id = {office.OrganizationId}"));
    }

    [Fact]
    public async Task Mapping_and_defaults_of_the_request_win()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync(
            "id,Strasse,price,when,secret\n7,1 Map St,100,03/04/2025,x\n", "m.csv",
            ("mapping", "{\"Strasse\": \"address\", \"when\": \"sale_date\", \"secret\": null}"),
            ("defaults", "{\"city\": \"Seattle\", \"state\": \"WA\", \"description\": \"Parcel {id} at {Strasse}\"}"), ("currency", "eur"),
            ("date_order", "day_first"));
        import.MustCount(inserted: 1);
        Assert.Equal("ignored", import.Text("mapping.secret"));
        var house = Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items());
        Assert.Equal(("1 Map St", "Seattle", "WA", "Parcel 7 at 1 Map St", "EUR"),
            (house.Text("address"), house.Text("city"), house.Text("state"), house.Text("description"), house.Text("currency")));
        Assert.Equal("2025-04-03",
            Assert.Single((await office.Admin.GetAsync($"/api/v1/properties/{house.Id()}/valuations")).Must(200).Items())
                .Text("valuation_date"));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_and_an_agent_may_not_import()
    {
        var (one, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var import = await one.Admin.ImportAsync("address,city,external_id\n1 Wall St,Dubai,X1\n,,X3\n");
        Assert.Equal(404, (await other.Admin.GetAsync($"/api/v1/data/imports/{import.Text("id")}")).Status);
        Assert.Equal(404, (await other.Admin.GetAsync(import.Text("errors_url")!)).Status);
        Assert.Equal(404, (await other.Admin.GetAsync(import.Text("progress_url")!)).Status);
        Assert.Empty((await other.Admin.GetAsync("/api/v1/data/status")).Must(200).Items());
        (await other.Admin.ImportAsync("address,city,external_id\n1 Wall St,Sharjah,X1\n")).MustCount(inserted: 1);
        Assert.Equal(1, await one.Admin.CountAsync("city=Dubai"));
        Assert.Equal(import.Text("id"), Assert.Single((await one.Admin.GetAsync("/api/v1/data/status")).Must(200).Items()).Text("id"));
        var csv = await one.Admin.GetAsync(import.Text("errors_url")!, ("Accept", "text/csv"));
        Assert.StartsWith("line,field,code,message", csv.Text, StringComparison.Ordinal);
        var (agent, _, _) = await one.NewUserAsync("agent");
        (await agent.UploadAsync(Encoding.UTF8.GetBytes("address,city\n"), "a.csv")).MustRefuse(403, "AUTH_003");
    }

    private Task<object?> ScalarAsync(string sql) => RunAsync(server.Addresses.SystemConnectionString, sql);

    private Task ExecuteAsync(string sql) => RunAsync(server.Addresses.OwnerConnectionString, sql);

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
