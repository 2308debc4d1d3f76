using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Syndication;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledPortalTests(Server server)
{
    private const string Listings = "/api/v1/marketing/portals/property_finder/listings";

    [Theory]
    [InlineData("create")]
    [InlineData("publish")]
    public async Task A_host_that_is_killed_while_the_portal_works_publishes_nothing_twice(string call)
    {
        await using var own = await OwnInstallation.OpenAsync(server, ("Jobs:Lease", "00:00:02"),
            ("PropertyFinder:CallTimeout", "00:00:30"));
        await using var first = await own.StartAsync();
        var (registered, admin) = await OwnInstallation.RegisterAsync(first);
        var (property, portal) = await admin.ReadyForPortalAsync(registered.Long("user.id"));
        portal.Meets(call, "slow"); // it does what it is asked, and does not answer
        (await admin.PostAsync($"{Listings}/{property}/publish")).Must(202);
        await Eventually.UntilAsync(() => portal.Listings.Values.Any(l => call == "create" || l.Publishes == 1));
        first.Kill();
        await first.EndedAsync(TestContext.Current.CancellationToken);

        await using var second = await own.StartAsync();
        var again = new Actor(second.Client, admin.Token);
        var live = await Eventually.UntilAsync(async () => (await again.GetAsync($"{Listings}/{property}")).Must(200),
            l => l.Text("status") == "live");
        Assert.Equal(portal.Only.Id, live.Text("portal_id"));
        Assert.Equal(1, portal.Only.Publishes);
    }
}
