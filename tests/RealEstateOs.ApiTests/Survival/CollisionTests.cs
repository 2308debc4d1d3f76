using Npgsql;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Survival;

/// <summary>PostgreSQL ends one of two transactions that meet. It says so here as often as a trigger wants it to.</summary>
public sealed class CollisionTests(Server server)
{
    // No error of PostgreSQL's: it finds no row of the version that was read.
    private const string Overtaken = "";

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task A_write_that_had_to_give_way_runs_once_more_and_happens_once(string state)
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await CollideAsync(lead, state, times: 1);
        var answer = await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" },
            ("Idempotency-Key", $"k{lead}"));
        Assert.Equal("qualified", answer.Must(200).Text("status"));
        Assert.Single(await Outbox.OfAsync(server, office, "lead.updated"));
        Assert.Single((await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/timeline")).Must(200).Items(),
            e => e.Text("event_type") == "status_changed");
        Assert.Equal("true", (await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" },
            ("Idempotency-Key", $"k{lead}"))).Header("Idempotency-Replayed"));
    }

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task Who_has_to_give_way_twice_is_asked_to_send_it_again(string state)
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await CollideAsync(lead, state, times: 2);
        var refused = await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" });
        refused.MustRefuse(409, "RES_003");
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Equal("new", (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}")).Must(200).Text("status"));
        Assert.Empty(await Outbox.OfAsync(server, office, "lead.updated"));
        (await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" })).Must(200);
    }

    [Fact]
    public async Task A_write_whose_row_somebody_else_changed_meanwhile_looks_at_it_again()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await CollideAsync(lead, Overtaken, times: 3);
        (await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" })).Must(200);
        Assert.Single(await Outbox.OfAsync(server, office, "lead.updated"));
    }

    [Fact]
    public async Task A_write_that_is_overtaken_again_and_again_says_so_in_the_end()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await CollideAsync(lead, Overtaken, times: 4);
        var refused = await office.Admin.PatchAsync($"{LeadVerbs.Path}/{lead}", new { status = "qualified" });
        refused.MustRefuse(409, "RES_003");
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Empty(await Outbox.OfAsync(server, office, "lead.updated"));
    }

    [Fact]
    public async Task Nobody_deletes_what_somebody_changed_after_they_had_looked()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await CollideAsync(lead, Overtaken, times: 1);
        (await office.Admin.DeleteAsync($"{LeadVerbs.Path}/{lead}")).MustRefuse(412, "RES_004");
        (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}")).Must(200);
        (await office.Admin.DeleteAsync($"{LeadVerbs.Path}/{lead}")).Must(204);
    }

    // A sequence counts on although the transaction that asked it is rolled back.
    private async Task CollideAsync(long lead, string state, int times)
    {
        await using var owner = NpgsqlDataSource.Create(server.Addresses.OwnerConnectionString);
        var name = $"public.collide_{lead}";
        var collide = state == Overtaken ? "return null" : $"raise exception 'met another' using errcode = '{state}'";
        await using var command = owner.CreateCommand(
            $"""
            create sequence {name};
            create function {name}() returns trigger language plpgsql security definer as $$
            begin if nextval('{name}') <= {times} then {collide}; end if; return new; end $$;
            create trigger collide_{lead} before update on leads.leads for each row when (old.id = {lead}) execute function {name}();
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
