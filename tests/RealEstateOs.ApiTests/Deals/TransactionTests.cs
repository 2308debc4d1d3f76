using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class TransactionTests(Server server)
{
    private const string Path = "/api/v1/transactions";

    [Fact]
    public async Task A_transaction_goes_forward_only_and_each_change_is_history()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{await NewAsync(office)}";
        foreach (var status in new[] { "offer", "under_contract" })
            (await office.Admin.PatchAsync($"{path}/status", new { status })).Must(200);
        var refused = (await office.Admin.PatchAsync($"{path}/status", new { status = "pending" })).MustRefuse(409, "RES_003");
        Assert.Equal(["completed", "cancelled"], refused.At("error.details.allowed").Items().Select(s => s.GetString()));
        (await office.Admin.PatchAsync($"{path}/status", new { status = "completed", note = "Paid" })).Must(200);
        (await office.Admin.PatchAsync($"{path}/status", new { status = "cancelled" })).MustRefuse(409, "RES_003");
        var history = (await office.Admin.GetAsync($"{path}/history")).Must(200).Items();
        Assert.Equal(["draft", "offer", "under_contract", "completed"], history.Select(h => h.Text("to_status")));
        Assert.Equal("Paid", history[^1].Text("note"));
        Assert.Equal(4, (await Outbox.OfAsync(server, office, "transaction.%")).Count);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("offer")]
    [InlineData("pending")]
    [InlineData("under_contract")]
    public async Task Every_open_transaction_can_be_cancelled_and_stays_so(string status)
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{await NewAsync(office, ("status", status))}/status";
        (await office.Admin.PatchAsync(path, new { status = "cancelled" })).Must(200);
        (await office.Admin.PatchAsync(path, new { status = "completed" })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_sale_takes_the_commission_of_its_deal_and_a_deposit_has_none()
    {
        var office = await server.NewOfficeAsync();
        var deal = (await office.NewDealAsync(members: ("commission_rate", 2.5))).Id();
        var sale = await NewAsync(office, ("deal_id", deal), ("transaction_type", "sale"), ("amount", 1_000));
        Assert.Equal(25, (await office.Admin.GetAsync($"{Path}/{sale}")).Must(200).Number("commission_amount"));
        var deposit = await NewAsync(office, ("deal_id", deal));
        Assert.True((await office.Admin.GetAsync($"{Path}/{deposit}")).Must(200).IsNull("commission_amount"));
        Assert.Equal([deposit, sale],
            (await office.Admin.GetAsync($"/api/v1/deals/{deal}/transactions")).Must(200).Items().Select(t => t.Id()));
        Assert.Equal([sale], (await office.Admin.GetAsync($"{Path}?transaction_type=sale&min_commission_amount=10")).Must(200).Items()
            .Select(t => t.Id()));
    }

    [Fact]
    public async Task A_deal_of_another_tenant_does_not_exist()
    {
        var office = await server.NewOfficeAsync();
        var foreign = (await (await server.NewOfficeAsync()).NewDealAsync()).Id();
        var answer = await office.Admin.PostAsync(Path,
            new { transaction_type = "deposit", amount = 1, transaction_date = "2026-01-20", deal_id = foreign });
        Assert.Equal(["deal_id"], answer.MustNameFields());
    }

    private static async Task<long> NewAsync(Office office, params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["transaction_type"] = "deposit", ["amount"] = 25_000,
            ["transaction_date"] = "2026-01-20" };
        foreach (var (name, value) in members) body[name] = value;
        return (await office.Admin.PostAsync(Path, body)).Must(201).Id();
    }
}
