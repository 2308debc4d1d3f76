using System.Reflection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Leads;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>What a lead may say, a merge takes; a new member of a lead needs a value here, or a reason.</summary>
public sealed class MergedMemberTests(Server server)
{
    private const string Path = LeadVerbs.Path;

    private static readonly Dictionary<string, string> NotTaken = new()
    {
        ["first_name"] = "no lead is without one",
        ["full_name"] = "it is another spelling of the two names",
        ["source"] = "a person comes from where they came from first",
        ["status"] = "the lead that stays stands where it stands, but for converted, which has a test of its own",
        ["score"] = "it is computed of what both said",
    };

    [Fact]
    public async Task Each_member_that_a_lead_may_have_is_taken_by_a_merge_and_said_in_the_timeline()
    {
        var office = await server.NewOfficeAsync();
        var (_, agent, _) = await office.NewUserAsync("agent");
        var said = Said(await office.NewPropertyAsync(), office.TeamId, agent);
        Assert.Equal(Members().Except(["full_name"]).Order(), said.Keys.Order());

        var kept = (await office.Admin.PostAsync(Path, new { first_name = "sara" })).Must(201).Id();
        (await office.Admin.PatchAsync($"{Path}/{kept}", new { team_id = (long?)null })).Must(200);
        var gone = (await office.Admin.PostAsync(Path, said.ToDictionary(s => s.Key, s => s.Value.Value))).Must(201);
        var merged = (await office.Admin.PostAsync($"{Path}/{kept}/merge", new { lead_id = gone.Id() })).Must(200);
        Assert.All(Members().Except(NotTaken.Keys), m => Assert.Equal(gone.At(m).GetRawText(), merged.At(m).GetRawText()));
        await MustTellAsync(office, kept, "lead_merged", said.Values.Select(s => s.Words));
    }

    [Fact]
    public async Task A_second_submission_fills_what_is_empty_and_the_timeline_says_all_of_it()
    {
        var office = await server.NewOfficeAsync();
        var (_, agent, _) = await office.NewUserAsync("agent");
        var said = Said(await office.NewPropertyAsync(), office.TeamId, agent);
        var kept = (await office.Admin.PostAsync(Path, new { first_name = "Sara", email = "sara@example.com" })).Must(201).Id();
        var merged = (await office.Admin.PostAsync($"{Path}?on_duplicate=merge",
            said.ToDictionary(s => s.Key, s => s.Value.Value))).Must(200);
        Assert.Equal((kept, agent, 3, "Haddad"),
            (merged.Id(), merged.Long("assigned_to"), merged.Long("bedrooms"), merged.Text("last_name")));
        await MustTellAsync(office, kept, "duplicate_merged", said.Values.Select(s => s.Words));
    }

    [Fact]
    public async Task What_the_lead_has_it_keeps_and_another_name_is_another_spelling()
    {
        var office = await server.NewOfficeAsync();
        var (_, agent, _) = await office.NewUserAsync("agent");
        var kept = (await office.Admin.PostAsync(Path,
            new { first_name = "Sara", portal = "bayut", bedrooms = 2, assigned_to = office.AdminId })).Must(201).Id();
        var gone = await office.NewLeadAsync(("first_name", "Sarah"), ("portal", "property_finder"), ("reference", "PF-1"), ("bedrooms", 3),
            ("assigned_to", agent));
        var merged = (await office.Admin.PostAsync($"{Path}/{kept}/merge", new { lead_id = gone.Id() })).Must(200);
        Assert.Equal(("Sara", "", "bayut", 2, office.AdminId), (merged.Text("first_name"), merged.Text("last_name"), merged.Text("portal"),
            merged.Long("bedrooms"), merged.Long("assigned_to")));
        Assert.True(merged.IsNull("portal_reference"));
        await MustTellAsync(office, kept, "lead_merged", ["name Sarah Haddad", "portal property_finder", "reference PF-1", "bedrooms 3"]);
    }

    private static IEnumerable<string> Members() =>
        typeof(LeadFields).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(p => Json.SnakeCase(p.Name));

    private static Dictionary<string, (object Value, string Words)> Said(long property, long team, long agent) => new()
    {
        ["first_name"] = ("Sara", "name Sara Haddad"), ["last_name"] = ("Haddad", "name Sara Haddad"),
        ["email"] = ("sara@example.com", "e-mail sara@example.com"), ["phone"] = ("0501112233", "phone 0501112233"),
        ["company"] = ("Acme", "company Acme"), ["source"] = ("referral", "source referral"), ["status"] = ("lost", "status lost"),
        ["score"] = (80, "score by hand 80"), ["intent"] = ("rent", "wants to rent"), ["budget"] = (900_000, "budget 900000"),
        ["timeline"] = ("in May", "timeline in May"), ["area"] = ("Dubai Marina", "area Dubai Marina"),
        ["property_type"] = ("penthouse", "property type penthouse"), ["bedrooms"] = (3, "bedrooms 3"),
        ["portal"] = ("bayut", "portal bayut"), ["portal_reference"] = ("B-7", "reference B-7"),
        ["message"] = ("Is it free?", "message Is it free?"), ["notes"] = ("Call after six", "notes Call after six"),
        ["tags"] = (new[] { "sea view", "cash" }, "tags sea view, cash"), ["consent"] = (true, "consent true"),
        ["metadata"] = (new { form = "open day" }, "open day"), ["external_id"] = ("X-9", "external id X-9"),
        ["property_id"] = (property, $"property {property}"), ["team_id"] = (team, $"team {team}"),
        ["assigned_to"] = (agent, $"agent {agent}"),
    };

    private static async Task MustTellAsync(Office office, long lead, string type, IEnumerable<string> words)
    {
        var entries = (await office.Admin.GetAsync($"{Path}/{lead}/timeline")).Must(200).Items();
        var told = Assert.Single(entries, e => e.Text("event_type") == type).Text("event_description")!;
        Assert.All(words, w => Assert.Contains(w, told, StringComparison.Ordinal));
    }
}
