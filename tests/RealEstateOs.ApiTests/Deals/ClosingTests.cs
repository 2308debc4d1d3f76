using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class ClosingTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task A_won_deal_converts_its_lead()
    {
        var office = await server.NewOfficeAsync();
        var lead = await NewLeadAsync(office);
        var deal = (await office.NewDealAsync(members: ("lead_id", lead))).Id();
        (await office.Admin.PatchAsync($"{Path}/{deal}", new { stage = "closed_won" })).Must(200);
        Assert.Equal("converted", (await office.Admin.GetAsync($"/api/v1/leads/{lead}")).Must(200).Text("status"));
    }

    [Fact]
    public async Task Where_the_lead_can_not_be_converted_nothing_is_sold_and_nothing_announced()
    {
        var office = await server.NewOfficeAsync();
        var (lead, property) = (await NewLeadAsync(office), await office.NewPropertyAsync());
        var deal = (await office.NewDealAsync(property, ("lead_id", lead))).Id();
        var name = $"refuse_{lead}";
        await ExecuteAsync(
            $"""
            create function public.{name}() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
            create trigger {name} before update on leads.leads for each row when (old.id = {lead}) execute function public.{name}();
            """);
        Assert.True((await office.Admin.PatchAsync($"{Path}/{deal}", new { stage = "closed_won" })).Status >= 500);
        await ExecuteAsync($"drop trigger {name} on leads.leads; drop function public.{name}()");
        Assert.Equal("available", (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Text("status"));
        Assert.Equal("lead", (await office.Admin.GetAsync($"{Path}/{deal}")).Must(200).Text("stage"));
        Assert.Single((await office.Admin.GetAsync($"{Path}/{deal}/history")).Must(200).Items());
        Assert.Equal(["deal.created"], (await Outbox.OfAsync(server, office, "deal.%")).Select(e => e.Type));
        (await office.Admin.PatchAsync($"{Path}/{deal}", new { stage = "closed_won" })).Must(200);
        Assert.Equal("sold", (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Text("status"));
    }

    private static async Task<long> NewLeadAsync(Office office) =>
        (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lea", last_name = "Lead", email = "lea@example.com" })).Must(201)
            .Id();

    private async Task ExecuteAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(server.Addresses.OwnerConnectionString);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
