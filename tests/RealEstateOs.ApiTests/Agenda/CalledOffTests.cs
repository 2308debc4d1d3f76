using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Analytics.Daily;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Agenda;

/// <summary>What was called off is planned nowhere and counted nowhere, with leads as with clients.</summary>
public sealed class CalledOffTests(Server server)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("leads")]
    [InlineData("clients")]
    public async Task A_list_tells_what_was_called_off_from_the_rest(string people)
    {
        var office = await server.NewOfficeAsync();
        var activities = await ActivitiesAsync(office, people, office.AdminId);
        foreach (var outcome in new[] { null, "Likes it", "cancelled because of rain" })
            await PlanAsync(office, activities, "viewing", Now.AddDays(1), outcome);
        foreach (var outcome in new[] { "cancelled", " Canceled ", "CANCELLED" })
            Assert.True((await PlanAsync(office, activities, "viewing", Now.AddDays(1), outcome)).IsTrue("is_cancelled"));
        Assert.Equal(["CANCELLED", " Canceled ", "cancelled"],
            (await office.Admin.GetAsync($"{activities}?is_cancelled=true")).Must(200).Items().Select(a => a.Text("outcome")));
        var rest = (await office.Admin.GetAsync($"{activities}?is_cancelled=false")).Must(200).Items();
        Assert.Equal(["cancelled because of rain", "Likes it", null], rest.Select(a => a.Text("outcome")));
        Assert.Equal(3, (await office.Admin.GetAsync("/api/v1/nurturing/agenda")).Must(200).At("entries").Items().Length);
        Assert.Equal(["is_cancelled"], (await office.Admin.GetAsync($"{activities}?is_cancelled=perhaps")).MustNameFields());
        // It takes place after all.
        Assert.False(
            (await office.Admin.PatchAsync(
                $"{activities}/{(await office.Admin.GetAsync($"{activities}?is_cancelled=true&limit=1")).Json.Items()[0].Id()}",
                new { outcome = (string?)null })).Must(200).IsTrue("is_cancelled"));
        Assert.Equal(2, (await office.Admin.GetAsync($"{activities}?is_cancelled=true")).Must(200).Items().Length);
    }

    [Fact]
    public async Task Figures_of_agents_and_days_count_viewings_of_both_kinds_that_take_place()
    {
        var office = await server.NewOfficeAsync();
        var agent = (await office.NewUserAsync("agent")).Id;
        var (today, tomorrow) = (new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero),
            new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        foreach (var people in new[] { "leads", "clients" })
        {
            var activities = await ActivitiesAsync(office, people, agent);
            var another = await ActivitiesAsync(office, people, office.AdminId);
            foreach (var outcome in new[] { null, "Cancelled" })
            {
                await PlanAsync(office, activities, people == "leads" ? "viewing" : "Viewing", tomorrow.AddHours(30), outcome);
                await PlanAsync(office, activities, "viewing", today.AddDays(-3), outcome);
                await PlanAsync(office, activities, "call", today.AddDays(-2), outcome);
                await PlanAsync(office, another, "viewing", tomorrow.AddHours(31), outcome);
                await PlanAsync(office, activities, "call", today.AddDays(-2), outcome, completed: today.AddDays(-1).AddHours(3));
            }
        }
        var personal = (await office.Admin.GetAsync($"/api/v1/cma/analytics/dashboard/overview?user_id={agent}")).Must(200)
            .At("personal_metrics");
        // Of leads and of clients one each is ahead; one viewing and one call each are due.
        Assert.Equal((2, 4), (personal.Long("showings_scheduled"), personal.Long("follow_ups_due")));
        var day = await DayAsync(office, tomorrow, tomorrow.AddDays(1), tomorrow.AddDays(2));
        Assert.Equal((4, 2, 0), (day.ViewingsToday, day.FollowUpsDue, day.Activities));
        Assert.Equal(2, (await DayAsync(office, today.AddDays(-1), today, tomorrow)).Activities);
    }

    [Fact]
    public async Task A_call_that_was_called_off_is_no_contact_and_a_viewing_that_was_shows_no_interest()
    {
        var office = await server.NewOfficeAsync();
        var lead = await office.NewLeadAsync(("assigned_to", office.AdminId));
        var (one, activities) = ($"/api/v1/leads/{lead.Id()}", $"/api/v1/leads/{lead.Id()}/activities");
        await PlanAsync(office, activities, "call", Now.AddDays(-1), "Cancelled");
        Assert.True((await office.Admin.GetAsync(one)).Must(200).IsNull("first_response_minutes"));
        var before = (await office.Admin.GetAsync(one)).Must(200).Long("score");
        var viewing = await PlanAsync(office, activities, "viewing", Now.AddDays(1), null);
        Assert.Equal(before + 8, (await office.Admin.GetAsync(one)).Must(200).Long("score"));
        (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}", new { outcome = "cancelled" })).Must(200);
        Assert.Equal(before, (await office.Admin.GetAsync(one)).Must(200).Long("score"));
        (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}", new { outcome = "Wants it" })).Must(200);
        Assert.Equal(before + 8, (await office.Admin.GetAsync(one)).Must(200).Long("score"));
    }

    private static async Task<string> ActivitiesAsync(Office office, string people, long agent) => people == "leads"
        ? $"/api/v1/leads/{(await office.NewLeadAsync(("assigned_to", agent))).Id()}/activities"
        : $"/api/v1/clients/{(await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Omar", last_name = "Khan", assigned_agent_id = agent })).Must(201).Id()}/activities";

    private static async Task<System.Text.Json.JsonElement> PlanAsync(Office office, string activities, string type, DateTimeOffset at,
        string? outcome, DateTimeOffset? completed = null) =>
            (await office.Admin.PostAsync(activities,
                new { activity_type = type, description = "x", scheduled_at = at, outcome, completed_at = completed })).Must(201);

    private async Task<DayFigures> DayAsync(Office office, DateTimeOffset from, DateTimeOffset to, DateTimeOffset next)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        return await DayFigures.ReadAsync(scope.ServiceProvider.GetRequiredService<UnitOfWork>(), from, to, next, "AED",
            TestContext.Current.CancellationToken);
    }
}
