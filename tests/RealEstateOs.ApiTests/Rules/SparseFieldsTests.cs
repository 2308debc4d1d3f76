using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>A client that shows three members of forty asks for three.</summary>
public sealed class SparseFieldsTests(Server server)
{
    private const string Properties = "/api/v1/properties";

    [Theory]
    [InlineData(Properties, "address,price", "address,price")]
    [InlineData(Properties, "price , id,price", "price,id")]
    [InlineData("/api/v1/leads", "id,phone_e164", "id,phone_e164")]
    [InlineData("/api/v1/clients", "id,first_name", "id,first_name")]
    [InlineData("/api/v1/deals", "id,value,stage", "id,value,stage")]
    [InlineData("/api/v1/users", "email", "email")]
    public async Task Lists_and_reads_answer_with_the_members_asked_for_in_their_order(string path, string fields, string members)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync(Samples.Property(("price", 5)));
        await office.NewLeadAsync();
        (await office.Admin.PostAsync("/api/v1/clients", new { first_name = "Omar" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/deals", new { property_id = property, deal_type = "sale", value = 1 })).Must(201);
        var row = (await office.Admin.GetAsync($"{path}?fields={fields}")).Must(200)[0];
        Assert.Equal(members.Split(','), row.EnumerateObject().Select(m => m.Name));
        var id = (await office.Admin.GetAsync($"{path}?fields=id")).Must(200)[0].Id();
        var one = await office.Admin.GetAsync($"{path}/{id}?fields={fields}");
        Assert.Equal(members.Split(','), one.Must(200).EnumerateObject().Select(m => m.Name));
        Assert.Equal(row.GetRawText(), one.Text);
    }

    [Fact]
    public async Task A_name_that_the_answer_does_not_have_is_refused_with_what_was_meant()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync();
        foreach (var path in new[] { Properties, $"{Properties}/{id}" })
        {
            var refusal = (await office.Admin.GetAsync($"{path}?fields=adress,price,version")).MustRefuse(422, "VAL_002");
            Assert.Equal(2, refusal.At("errors").Items().Length);
            Assert.Contains("did you mean address?", refusal.Text("detail"), StringComparison.Ordinal);
        }
        Assert.Equal(["fields"], (await office.Admin.GetAsync($"{Properties}?fields=adress", ("Accept", "text/csv"))).MustNameFields());
    }

    [Fact]
    public async Task Tags_hold_for_what_was_asked_for()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync(Samples.Property(("price", 5)));
        var one = await office.Admin.GetAsync($"{Properties}/{id}?fields=price");
        Assert.Equal((await office.Admin.GetAsync($"{Properties}/{id}")).Header("ETag"), one.Header("ETag"));
        Assert.Equal(304, (await office.Admin.GetAsync($"{Properties}/{id}?fields=price", ("If-None-Match", one.Header("ETag")!))).Status);
        var list = await office.Admin.GetAsync($"{Properties}?fields=price");
        Assert.Equal(("1", null), (list.Header("X-Total-Count"), list.Header("X-Unknown-Parameters")));
        Assert.NotEqual((await office.Admin.GetAsync(Properties)).Header("ETag"), list.Header("ETag"));
        (await office.Admin.PatchAsync($"{Properties}/{id}", new { city = "Sharjah" }, ("If-Match", one.Header("ETag")!))).Must(200);
        // What changed was not asked for: the list is the same for this client.
        Assert.Equal(304, (await office.Admin.GetAsync($"{Properties}?fields=price", ("If-None-Match", list.Header("ETag")!))).Status);
        Assert.Equal(200, (await office.Admin.GetAsync($"{Properties}/{id}?fields=price", ("If-None-Match", one.Header("ETag")!))).Status);
    }

    [Fact]
    public async Task A_file_has_the_columns_asked_for()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync(Samples.Property(("price", 5)));
        var file = (await office.Admin.GetAsync($"{Properties}?fields=price,address", ("Accept", "text/csv"))).Text;
        Assert.Equal(["price,address", "5.00,12 Harbour Lane"], file.Split('\n', StringSplitOptions.TrimEntries)[..2]);
    }
}
