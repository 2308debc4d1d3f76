using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

public sealed class HandOverTests(Server server)
{
    [Fact]
    public async Task Open_work_of_a_leaver_goes_to_the_named_colleague_and_closed_work_keeps_its_name()
    {
        var office = await server.NewOfficeAsync();
        var (leaver, colleague) = (await office.NewUserAsync("agent"), await office.NewUserAsync("agent"));
        var open = await office.NewPropertyAsync(Samples.Property(("assigned_user_id", leaver.Id)));
        var closed = await office.NewPropertyAsync(Samples.Property(("assigned_user_id", leaver.Id)));
        (await office.Admin.PatchAsync($"/api/v1/properties/{closed}", new { current_stage = "closed_lost" })).Must(200);
        var lead = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina", last_name = "Lead", email = "lina@example.com",
            source = "website", assigned_to = leaver.Id })).Must(201).Id();

        (await office.Admin.DeleteAsync($"/api/v1/users/{leaver.Id}?hand_over_to=user_{colleague.Id}")).Must(204);

        Assert.Equal(colleague.Id, (await office.Admin.GetAsync($"/api/v1/properties/{open}")).Must(200).Long("assigned_user_id"));
        Assert.Equal(leaver.Id, (await office.Admin.GetAsync($"/api/v1/properties/{closed}")).Must(200).Long("assigned_user_id"));
        Assert.Equal(colleague.Id, (await office.Admin.GetAsync($"/api/v1/leads/{lead}")).Must(200).Long("assigned_to"));
        (await leaver.Actor.GetAsync("/api/v1/auth/me")).Must(401);
    }

    [Fact]
    public async Task Work_is_not_handed_to_a_stranger_or_to_the_leaver()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var leaver = await office.NewUserAsync("agent");
        foreach (var nobody in new[] { leaver.Id, other.AdminId, 999_999_999 })
            Assert.Equal(["hand_over_to"],
                (await office.Admin.DeleteAsync($"/api/v1/users/{leaver.Id}?hand_over_to={nobody}")).MustNameFields());
        (await leaver.Actor.GetAsync("/api/v1/auth/me")).Must(200);
    }
}
