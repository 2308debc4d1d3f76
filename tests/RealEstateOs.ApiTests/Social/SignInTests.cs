using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.ApiTests.Social;

public sealed class SignInTests(Server server)
{
    private const string Accounts = "/api/v1/social/accounts";

    [Theory]
    [InlineData(SocialPlatform.Instagram, null, "harbour")]
    [InlineData(SocialPlatform.Facebook, null, "Harbour Realty")]
    [InlineData(SocialPlatform.Linkedin, null, "Harbour Realty")]
    [InlineData(SocialPlatform.Linkedin, "urn:li:person:815", "Ada Admin")]
    [InlineData(SocialPlatform.X, null, "harbour")]
    public async Task A_sign_in_at_the_network_connects_the_account_and_posts_go_there(SocialPlatform platform, string? id, string name)
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(platform, id);
        var (state, code) = await AllowAsync(office.Admin, account);
        var connected = Assert.Single((await office.Admin.PostAsync($"{Accounts}/callback", new { state, code })).Must(200).Items());
        Assert.Equal((account.Id, name, "connected", true), (connected.Text("external_id"), connected.Text("name"),
            connected.Text("status"), connected.IsTrue("is_default")));
        Assert.Equal(platform == SocialPlatform.X || platform == SocialPlatform.Linkedin, !connected.IsNull("token_expires_at"));
        Assert.Equal(0, await server.CountAsync("social.accounts where organization_id = $1 and position($2::bytea in access_token) > 0",
            office.OrganizationId, Encoding.UTF8.GetBytes(account.Token)));
        var property = await office.NewListingAsync();
        (await office.Admin.PostAsync($"/api/v1/properties/{property}/images",
            new { url = $"{FakeNetworks.Url}/1/photo.png", title = "Room" })).Must(201);
        var post = (await office.Admin.PostAsync("/api/v1/social/posts", new { property_id = property, platform = Word(platform) }))
            .Must(201).At("posts").Items()[0].Text("post_id");
        (await office.Admin.PostAsync($"/api/v1/social/posts/{post}/publish")).Must(202);
        await Eventually.UntilAsync(() => account.Posts.Count == 1);
    }

    [Fact]
    public async Task Nobody_but_who_began_a_sign_in_can_end_it_and_a_code_is_good_once()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var (colleague, _) = await office.NewUserWhoMayAsync("social:read", "social:connect");
        var account = FakeNetworks.NewAccount(SocialPlatform.X);
        var (state, code) = await AllowAsync(office.Admin, account);
        foreach (var actor in new[] { other.Admin, colleague })
            Assert.Equal(["state"], (await actor.PostAsync($"{Accounts}/callback", new { state, code })).MustNameFields());
        foreach (var wrong in new[] { state[..^4] + "AAAA", "x", "%%%", new string('a', 300) })
            Assert.Equal(["state"], (await office.Admin.PostAsync($"{Accounts}/callback", new { state = wrong, code })).MustNameFields());
        (await office.Admin.PostAsync($"{Accounts}/callback", new { state, code })).Must(200);
        Assert.Equal(["code"], (await office.Admin.PostAsync($"{Accounts}/callback", new { state, code })).MustNameFields());
        Assert.Equal("connected", Assert.Single((await office.Admin.GetAsync(Accounts)).Must(200).Items()).Text("status"));
        Assert.Empty((await other.Admin.GetAsync(Accounts)).Must(200).Items());
    }

    [Fact]
    public async Task A_code_that_another_sign_in_brought_is_refused_by_its_proof_key()
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(SocialPlatform.X);
        var (stolen, own) = (await AllowAsync(office.Admin, account), await AllowAsync(office.Admin, account));
        Assert.Equal(["code"],
            (await office.Admin.PostAsync($"{Accounts}/callback", new { state = own.State, code = stolen.Code })).MustNameFields());
    }

    [Fact]
    public async Task A_sign_in_names_what_is_missing_and_needs_the_permission()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["platform"], (await office.Admin.PostAsync($"{Accounts}/sign-in", new { })).MustNameFields());
        Assert.Equal(["code", "state"], (await office.Admin.PostAsync($"{Accounts}/callback", new { })).MustNameFields().Order());
        var (agent, _) = await office.NewUserWhoMayAsync("social:read", "social:publish");
        (await agent.PostAsync($"{Accounts}/sign-in", new { platform = "x" })).MustRefuse(403, "AUTH_003");
        (await agent.PostAsync($"{Accounts}/callback", new { state = "x", code = "y" })).MustRefuse(403, "AUTH_003");
        Assert.Contains("Sign in to connect", (await server.Anonymous.GetAsync("/social/connected?state=x&code=y")).Text,
            StringComparison.Ordinal);
    }

    /// <summary>Begins a sign-in and allows it at the network; answers what the redirect brings.</summary>
    private static async Task<(string State, string Code)> AllowAsync(Actor admin, FakeAccount account)
    {
        var begun = (await admin.PostAsync($"{Accounts}/sign-in", new { platform = Word(account.Platform) })).Must(200);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answer = await browser.GetAsync(QueryHelpers.AddQueryString(begun.Text("authorization_url")!, "as", account.Token),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var back = answer.Headers.Location!;
        Assert.StartsWith(begun.Text("redirect_url")!, back.ToString(), StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(back.Query);
        return (query["state"].ToString(), query["code"].ToString());
    }

    private static string Word(SocialPlatform platform) => JsonNamingPolicy.SnakeCaseLower.ConvertName(platform.ToString());
}
