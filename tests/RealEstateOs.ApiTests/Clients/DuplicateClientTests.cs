using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Clients;

/// <summary>A client is new once, by every door.</summary>
public sealed class DuplicateClientTests(Server server)
{
    private const string Path = "/api/v1/clients";

    [Fact]
    public async Task Many_identical_submissions_at_once_make_one_client()
    {
        var office = await server.NewOfficeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0,
            30).Select(_ => office.Admin.PostAsync(Path, Client(("email", "Once@Example.com"), ("phone", "0501112233")))));
        var made = Assert.Single(answers, a => a.Status == 201).Json;
        Assert.All(answers.Where(a => a.Status != 201),
            a => Assert.Equal(made.Id(), a.MustRefuse(409, "RES_002").Long("error.details.existing.id")));
        Assert.Single((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Theory]
    [InlineData("email", "OMAR@example.com")]
    [InlineData("phone", "00971 50 222 3344")]
    public async Task The_same_mailbox_or_number_is_the_same_client_by_request_by_change_by_restoring_and_by_file(string member,
        string value)
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Path, Client(("email", "omar@example.com"), ("phone", "+971502223344")))).Must(201).Id();
        var refused = (await office.Admin.PostAsync(Path, Client((member, value)))).MustRefuse(409, "RES_002");
        Assert.Equal((made, member),
            (refused.Long("error.details.existing.id"),
                Assert.Single(refused.At("error.details.existing.matched_on").Items()).GetString()));
        var other = (await office.Admin.PostAsync(Path, Client())).Must(201).Id();
        (await office.Admin.PatchAsync($"{Path}/{other}", Client((member, value)))).MustRefuse(409, "RES_002");
        (await office.Admin.ImportAsync($"first_name,last_name,{member}\nOmar,Khan,{value}", "clients.csv",
            ("entity", "clients"))).MustCount(failed: 1);
        (await office.Admin.DeleteAsync($"{Path}/{made}")).Must(204);
        (await office.Admin.PatchAsync($"{Path}/{other}", Client((member, value)))).Must(200);
        (await office.Admin.PostAsync($"{Path}/{made}/restore")).MustRefuse(409, "RES_002");
    }

    [Fact]
    public async Task A_lead_becomes_a_client_once()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => office.Admin.PostAsync(Path, Client(("lead_id", lead)))));
        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201),
            a => Assert.Equal("lead_id",
                Assert.Single(a.MustRefuse(409, "RES_002").At("error.details.existing.matched_on").Items()).GetString()));
    }

    [Fact]
    public async Task A_submission_may_fill_what_the_client_lacks_where_the_caller_may_change_it()
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Path, Client(("email", "omar@example.com"), ("notes", "First words")))).Must(201).Id();
        var again = Client(("email", "Omar@example.com"), ("phone", "0502223344"), ("type", "buyer"), ("notes", "Second words"));
        var merged = (await office.Admin.PostAsync($"{Path}?on_duplicate=merge", again)).Must(200);
        Assert.Equal((made, "+971502223344", "buyer", "First words"),
            (merged.Id(), merged.Text("phone_e164"), merged.Text("type"), merged.Text("notes")));
        Assert.Equal(["on_duplicate"], (await office.Admin.PostAsync($"{Path}?on_duplicate=replace", again)).MustNameFields());
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "own", permissions = new[] { "clients:create", "clients:read:own", "clients:update:own" } })).Must(201);
        (await (await office.NewUserAsync("own")).Actor.PostAsync($"{Path}?on_duplicate=merge", again)).MustRefuse(409, "RES_002");
    }

    private static Dictionary<string, object?> Client(params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["first_name"] = "Omar", ["last_name"] = "Khan" };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }
}
