using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>Amounts and areas of files: their currency and unit are understood, or the row is refused.</summary>
public sealed class MeasureImportTests(Server server)
{
    [Theory]
    [InlineData("USD 500000", 500_000, "USD")]
    [InlineData("\"$1,250,000\"", 1_250_000, "USD")]
    [InlineData("\"AED 1,200,000\"", 1_200_000, "AED")]
    [InlineData("5 mil", 5_000_000, "EUR")]
    [InlineData("\"1,5 Mio. CHF\"", 1_500_000, "CHF")]
    [InlineData("850k", 850_000, "EUR")]
    public async Task A_price_is_in_the_currency_that_its_cell_says(string cell, double price, string currency)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.ImportAsync($"ref,address,city,price\nc1,1 Test Street,Dubai,{cell}\n", fields: ("currency", "EUR"))).MustCount(
            inserted: 1);
        var house = Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items());
        Assert.Equal(((decimal)price, currency), (house.Number("price"), house.Text("currency")));
    }

    [Fact]
    public async Task What_can_be_meant_in_two_ways_or_contradicts_its_row_is_refused_with_its_text()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync(
            "ref,address,city,price,estimated_value,currency\n" +
            "1,1 Test Street,Dubai,597.500,,\n" +
            "2,2 Test Street,Dubai,XQZ 500000,,\n" +
            "3,3 Test Street,Dubai,USD 500000,,AED\n" +
            "4,4 Test Street,Dubai,USD 500000,AED 1800000,\n" +
            "5,5 Test Street,Dubai,500000,,QQQ\n" +
            "6,6 Test Street,Dubai,500000,,Dhs\n");
        import.MustCount(inserted: 1, failed: 5);
        var errors = await office.Admin.ErrorsAsync(import);
        Assert.Equal(["price", "price", "price", "estimated_value", "currency"], errors.Select(e => e.Field));
        Assert.Contains("'597.500'", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal("AED", Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items()).Text("currency"));
    }

    [Theory]
    [InlineData("size", "120 sqm", 1291.67)]
    [InlineData("size", "1291 sqft", 1291)]
    [InlineData("Size (m²)", "120", 1291.67)]
    [InlineData("living_area_sqm", "\"119,5\"", 1286.29)]
    [InlineData("Built-up area Sq. Ft.", "\"1,291\"", 1291)]
    [InlineData("bua", "0.25 acres", 10_890)]
    public async Task An_area_is_in_the_unit_that_its_cell_or_heading_says(string heading, string cell, double squareFeet)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.ImportAsync($"ref,address,city,{heading}\na1,1 Test Street,Dubai,{cell}\n")).MustCount(inserted: 1);
        Assert.Equal((decimal)squareFeet,
            Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items()).Number("square_feet"));
    }

    [Fact]
    public async Task A_column_may_name_the_unit_of_the_areas_beside_it()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync(
            "ref,address,city,living_area,living_area_units\n1,1 A St,Dubai,100,Square Meters\n2,2 A St,Dubai,1200,SQFT\n3,3 A St,Dubai,5,marla\n4,4 A St,Dubai,1200 sqft,sqm\n");
        import.MustCount(inserted: 2, failed: 2);
        Assert.Equal([1076.39m, 1200m],
            (await office.Admin.GetAsync("/api/v1/properties?sort=square_feet")).Must(200).Items().Select(p => p.Number("square_feet")));
    }

    [Fact]
    public async Task A_heading_may_name_the_currency_and_a_lead_has_no_budget_in_another_than_the_office()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.ImportAsync("ref,address,city,Asking price (GBP)\n1,1 A St,London,750000\n")).MustCount(inserted: 1);
        Assert.Equal("GBP", Assert.Single((await office.Admin.GetAsync("/api/v1/properties")).Must(200).Items()).Text("currency"));
        var leads = await office.Admin.ImportAsync(
            "first_name,last_name,email,budget\nAda,One,ada@one.example,\"$2,000,000\"\nBea,Two,bea@two.example,AED 2m\nCia,Three,cia@three.example,1.2m\n", "people.csv", ("entity", "leads"));
        leads.MustCount(inserted: 2, failed: 1);
        Assert.Contains("is in AED", Assert.Single(await office.Admin.ErrorsAsync(leads)).Message, StringComparison.Ordinal);
        Assert.Equal([1_200_000m, 2_000_000m],
            (await office.Admin.GetAsync("/api/v1/leads?sort=budget")).Must(200).Items().Select(l => l.Number("budget")));
    }
}
