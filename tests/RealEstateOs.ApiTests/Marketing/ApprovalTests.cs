using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class ApprovalTests(Server server)
{
    private const string Campaigns = MarketingDesk.Campaigns;

    [Fact]
    public async Task A_campaign_goes_through_its_review_once_and_names_what_may_be_done_next()
    {
        var office = await server.NewOfficeAsync();
        var id = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"{Campaigns}/{id}/approval", new { action = "approve" })).MustRefuse(409, "RES_003");
        var submitted = (await office.Admin.PostAsync($"{Campaigns}/{id}/approval",
            new { action = "submit_for_review", reviewer_id = office.AdminId, priority = "high" })).Must(200);
        Assert.Equal("pending_review", submitted.Text("status"));
        Assert.Equal($"user_{office.AdminId}", submitted.Text("assigned_reviewer"));
        Assert.Equal("review", submitted.Text("workflow_stage"));
        Assert.True(submitted.IsNull("estimated_review_time"));
        Assert.Equal(["approve", "request_changes", "reject"], submitted.At("next_actions").Items().Select(a => a.GetString()));
        var sentBack = await office.ReviewAsync(id, "request_changes", "Shorter");
        Assert.Equal("changes_requested", sentBack.Text("status"));
        Assert.Equal(["submit_for_review"], sentBack.At("next_actions").Items().Select(a => a.GetString()));
        await office.ReviewAsync(id, "submit_for_review");
        var approved = await office.ReviewAsync(id, "approve");
        Assert.Equal("approved", approved.Text("status"));
        Assert.Matches("^1 minute$", approved.Text("estimated_review_time"));
        (await office.Admin.PostAsync($"{Campaigns}/{id}/approval", new { action = "approve" })).MustRefuse(409, "RES_003");
        (await office.Admin.PostAsync($"{Campaigns}/{id}/approval", new { action = "applaud" })).MustNameFields();
        Assert.Equal(2, (await office.Admin.GetAsync($"{Campaigns}/{id}/approvals")).Must(200).Items().Length);
        Assert.Equal(["pending_review", "changes_requested", "pending_review", "approved"],
            (await Outbox.OfAsync(server, office, "marketing.status_changed")).Select(e => e.Payload.Text("status")));
    }

    [Fact]
    public async Task A_rejected_campaign_may_be_submitted_again_and_changes_need_their_reason()
    {
        var office = await server.NewOfficeAsync();
        var id = await NewCampaignAsync(office);
        await office.ReviewAsync(id, "submit_for_review");
        Assert.Equal(["notes"], (await office.Admin.PostAsync($"{Campaigns}/{id}/approval",
            new { action = "request_changes" })).MustNameFields());
        Assert.Equal("rejected", (await office.ReviewAsync(id, "reject", "Not our style")).Text("status"));
        Assert.Equal("pending_review", (await office.ReviewAsync(id, "submit_for_review")).Text("status"));
    }

    [Fact]
    public async Task An_agent_submits_but_needs_the_permission_to_decide()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _, _) = await office.NewUserAsync("agent");
        var (viewer, _, _) = await office.NewUserAsync("viewer");
        var id = await NewCampaignAsync(office, agent);
        (await viewer.PostAsync($"{Campaigns}/{id}/approval", new { action = "submit_for_review" })).MustRefuse(403, "AUTH_003");
        await office.ReviewAsync(id, "submit_for_review", by: agent);
        (await agent.PostAsync($"{Campaigns}/{id}/approval", new { action = "approve" })).MustRefuse(403, "AUTH_003");
        Assert.Equal("approved", (await office.ReviewAsync(id, "approve")).Text("status"));
        (await agent.PostAsync($"{Campaigns}/{id}/launch", new { })).MustRefuse(403, "AUTH_003");
    }

    [Fact]
    public async Task Nobody_approves_what_is_their_own_where_the_organization_says_so()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PutAsync("/api/v1/marketing/settings", new { author_may_approve = false })).Must(200);
        var (manager, _, _) = await office.NewUserAsync("manager");
        var id = await NewCampaignAsync(office, manager);
        await office.ReviewAsync(id, "submit_for_review", by: manager);
        (await manager.PostAsync($"{Campaigns}/{id}/approval", new { action = "approve" })).MustRefuse(403, "AUTH_003");
        Assert.Equal("approved", (await office.ReviewAsync(id, "approve")).Text("status"));
    }

    [Fact]
    public async Task What_was_approved_is_frozen_and_editing_it_reopens_the_review()
    {
        var office = await server.NewOfficeAsync();
        var id = await NewCampaignAsync(office);
        await office.ApproveAsync(id);
        (await office.Admin.PatchAsync($"{Campaigns}/{id}", new { budget = 900 })).Must(200);
        Assert.Equal("approved", (await office.Admin.GetAsync($"{Campaigns}/{id}")).Must(200).Text("status"));
        Assert.Equal("draft", (await office.Admin.PatchAsync($"{Campaigns}/{id}", new { subject = "Another subject" })).Must(200)
            .Text("status"));
        (await office.Admin.PostAsync($"{Campaigns}/{id}/launch", new { })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task Two_who_decide_at_once_decide_one_after_the_other()
    {
        var office = await server.NewOfficeAsync();
        var id = await NewCampaignAsync(office);
        await office.ReviewAsync(id, "submit_for_review");
        var answers = await Task.WhenAll(Enumerable.Range(0,
            4).Select(i => office.Admin.PostAsync($"{Campaigns}/{id}/approval", new { action = i % 2 == 0 ? "approve" : "reject" })));
        Assert.Equal([200, 409, 409, 409], answers.Select(a => a.Status).Order());
    }

    private static async Task<string> NewCampaignAsync(Office office, Actor? by = null)
    {
        var property = await office.NewPropertyAsync();
        return (await (by ?? office.Admin).PostAsync(Campaigns, new { name = "Spring", campaign_type = "email_blast",
            property_id = property, channels = new[] { "email" }, subject = "Open house" })).Must(201).Text("id")!;
    }
}
