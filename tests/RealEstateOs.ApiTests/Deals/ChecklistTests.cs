using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class ChecklistTests(Server server)
{
    private const string Templates = "/api/v1/deals/checklist-templates";

    [Fact]
    public async Task The_dubai_list_is_copied_into_a_deal_and_ticked_with_who_and_when()
    {
        var office = await server.NewOfficeAsync();
        var template = (await office.Admin.GetAsync(Templates)).Must(200).Items().Single(t => t.Text("origin") == "dubai_sale").Id();
        var path = $"/api/v1/deals/{(await office.NewDealAsync()).Id()}/checklist";
        var steps = (await office.Admin.PostAsync(path, new { template_id = template })).Must(201).Items();
        Assert.Superset(new HashSet<string?> { "form_a", "form_b", "form_f", "noc", "transfer_fee", "trustee_fee" },
            steps.Select(s => s.Text("code")).ToHashSet());
        (await office.Admin.PostAsync(path, new { template_id = template })).MustRefuse(409, "RES_003");
        var ticked = (await office.Admin.PatchAsync($"{path}/{steps[0].Id()}", new { done = true })).Must(200);
        Assert.Equal(office.AdminId, ticked.Long("done_by"));
        Assert.False(ticked.IsNull("done_at"));
        (await office.Admin.PatchAsync($"{path}/{steps[0].Id()}", new { done = false })).Must(200);
        Assert.All((await office.Admin.GetAsync(path)).Must(200).Items(), s => Assert.False(s.IsTrue("done")));
    }

    [Fact]
    public async Task A_template_is_the_organizations_own_and_a_deleted_one_does_not_come_back()
    {
        var office = await server.NewOfficeAsync();
        var first = (await office.Admin.GetAsync(Templates)).Must(200).Items();
        (await office.Admin.PatchAsync($"{Templates}/{first[0].Id()}",
            new { name = "Ours", items = new[] { new { title = "Call the bank" } } })).Must(200);
        (await office.Admin.DeleteAsync($"{Templates}/{first[1].Id()}")).Must(204);
        var left = Assert.Single((await office.Admin.GetAsync(Templates)).Must(200).Items());
        Assert.Equal(("Ours", "Call the bank"), (left.Text("name"), left.At("items").Items()[0].Text("title")));
        Assert.Equal(2, (await (await server.NewOfficeAsync()).Admin.GetAsync(Templates)).Must(200).Items().Length);
    }

    [Fact]
    public async Task Two_millions_in_cash_cost_what_the_worked_example_says()
    {
        var office = await server.NewOfficeAsync();
        var fees = (await office.Admin.PostAsync("/api/v1/deals/fees/calculate",
            new { price = 2_000_000, property_type = "apartment" })).Must(200);
        Assert.Equal((129_780m, 2_129_780m), (fees.Number("total_fees"), fees.Number("total_cost")));
        Assert.Equal(80_000, fees.At("lines").Items().Single(l => l.Text("code") == "transfer_fee").Number("amount"));
    }

    [Fact]
    public async Task A_dated_schedule_holds_from_its_day()
    {
        var office = await server.NewOfficeAsync();
        var put = (await office.Admin.PutAsync("/api/v1/deals/fees/schedules",
            new { valid_from = "2030-01-01", rates = new { transfer_percent = 5 } })).Must(200);
        foreach (var (day, total) in new[] { ("2029-12-31", 129_780m), ("2030-01-01", 149_780m) })
            Assert.Equal(total, (await office.Admin.PostAsync("/api/v1/deals/fees/calculate",
                new { price = 2_000_000, on_date = day })).Must(200).Number("total_fees"));
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/deals/fees/schedules")).Must(200).Items().Length);
        Assert.Equal(["rates.noc_fee"],
            (await office.Admin.PutAsync("/api/v1/deals/fees/schedules",
                new { valid_from = "2031-01-01", rates = new { noc_fee = -1 } })).MustNameFields());
        (await office.Admin.DeleteAsync($"/api/v1/deals/fees/schedules/{put.Id()}")).Must(204);
    }
}
