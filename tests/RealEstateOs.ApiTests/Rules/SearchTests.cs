using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Rules;

public sealed class SearchTests(Server server)
{
    [Theory]
    [InlineData("أحمد", "المنصوري", "احمد", "منصوري", "المنصورى", "أحمـد المنصوري", "أحمد منص")]
    [InlineData("فاطمة", "علي", "فاطمه", "على", "فَاطِمَة")]
    [InlineData("آمنة", "إبراهيم", "امنه ابراهيم", "أبراهيم")]
    [InlineData("José", "Núñez", "nunez", "JOSE", "josé nuñ")]
    [InlineData("Jörg", "Weiß", "jorg", "weiss")]
    public async Task A_person_is_found_however_the_name_is_typed(string first, string last, params string[] searches)
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync(("first_name", first), ("last_name", last))).Id();
        await office.NewLeadAsync(("first_name", "Sara"), ("last_name", "Omar"));
        var client = (await office.Admin.PostAsync("/api/v1/clients", new { first_name = first, last_name = last, type = "buyer" })).Must(
            201).Id();
        foreach (var search in searches.Append(first).Append(last))
        {
            Assert.Equal([lead], await FoundAsync(office, "leads", search));
            Assert.Equal([client], await FoundAsync(office, "clients", search));
        }
    }

    [Theory]
    [InlineData("Marina Heights A-1204", "A-1204", "1204", "a1204", "A 1204")]
    [InlineData("Tower B1204", "B-1204", "1204", "b1204")]
    [InlineData("Plot 645-1234", "645-1234", "645", "1234")]
    [InlineData("Unit 3BA", "3BA", "3ba", "3 ba")]
    [InlineData("Villa ١٢٣", "123", "١٢٣")]
    public async Task A_unit_is_found_by_each_part_of_its_number(string address, params string[] searches)
    {
        var office = await server.NewOfficeAsync();
        var wanted = await office.NewPropertyAsync(Samples.Property(("address", address)));
        await office.NewPropertyAsync(Samples.Property(("address", "Palm 77")));
        foreach (var search in searches) Assert.Equal([wanted], await FoundAsync(office, "properties", search));
    }

    [Fact]
    public async Task A_property_is_found_by_its_description_and_its_permit()
    {
        var office = await server.NewOfficeAsync();
        var wanted = await office.NewPropertyAsync(Samples.Property(("description", "With a geothermal heat pump."),
            ("permit_number", "123456/2024")));
        await office.NewPropertyAsync(Samples.Property(("description", "With a balcony.")));
        foreach (var search in new[] { "geothermal", "heat pump", "geoth", "123456/2024", "123456" })
            Assert.Equal([wanted], await FoundAsync(office, "properties", search));
    }

    [Fact]
    public async Task Whole_words_come_before_beginnings_and_the_next_page_of_either_goes_on()
    {
        var office = await server.NewOfficeAsync();
        var ali = (await office.NewLeadAsync(("first_name", "Ali"))).Id();
        foreach (var name in new[] { "Alina", "Alia" }) await office.NewLeadAsync(("first_name", name));
        Assert.Equal([ali], await FoundAsync(office, "leads", "ali"));
        var seen = new List<long>();
        for (var next = "/api/v1/leads?search=al&limit=1"; next is not null;)
        {
            var page = await office.Admin.GetAsync(next);
            Assert.Equal("3", page.Header("X-Total-Count"));
            seen.AddRange(page.Must(200).Items().Select(l => l.Id()));
            next = page.Header("Link")!.Split(", ").FirstOrDefault(l => l.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } link
                ? new Uri(link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery : null;
        }
        Assert.Equal(3, seen.Distinct().Count());
        Assert.Empty((await office.Admin.GetAsync("/api/v1/leads?search=ali&offset=5")).Must(200).Items());
    }

    [Fact]
    public async Task The_database_folds_as_the_program_does()
    {
        var samples = new[]
        {
            "", "أحمد المنصوري", "آل مكتوم", "الْقُرآن", "ٱلشمس", "مؤسسة ئ ء", "ﻻ ﷲ", "کتاب فارسی", "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "José Núñez",
            "Weiß Æsir Œuvre Łódź Đakovo İstanbul ıı Øre",
            "ﬁne ＡＢＣ １２", "A-1204/3 (B)", "والمنصوري المنصوري", "e\u0301", "日本 กข",
        };
        await using var source = NpgsqlDataSource.Create(server.Addresses.AppConnectionString);
        await using var command = source.CreateCommand(
            "select platform.fold(t) from unnest($1::text[]) with ordinality as s(t, n) order by n");
        command.Parameters.Add(new() { Value = samples });
        var folded = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await rows.ReadAsync(TestContext.Current.CancellationToken)) folded.Add(rows.GetString(0));
        Assert.Equal(samples.Select(Folding.Fold), folded);
    }

    private static async Task<IEnumerable<long>> FoundAsync(Office office, string kind, string search) =>
        (await office.Admin.GetAsync($"/api/v1/{kind}?search={Uri.EscapeDataString(search)}")).Must(200).Items().Select(i => i.Id());
}
