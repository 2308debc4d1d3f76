using RealEstateOs.ApiTests.Assistant;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;

namespace RealEstateOs.ApiTests.Social;

[Collection(ModelCollection.Name)]
public sealed class RewriteTests(Server server, ModelHost host)
{
    private const string Posts = "/api/v1/social/posts";

    [Fact]
    public async Task A_model_words_a_post_from_its_facts_and_what_the_law_wants_stays()
    {
        var (office, post) = await NewPostAsync("Rewriteone");
        host.Model.On("Rewriteone", (_, reply) => reply.SayAsync("Two bedrooms, ", "yours at AED 2,450,000 in Dubai Marina."));
        var answer = (await host.As(office.Admin).PostAsync($"{Posts}/{post}/rewrite")).Must(200);
        Assert.Equal((true, FakeModel.Name), (answer.IsTrue("rewritten"), answer.Text("model")));
        var content = (await office.Admin.GetAsync($"{Posts}/{post}")).Must(200).Text("content")!;
        Assert.StartsWith("Two bedrooms, yours at AED 2,450,000 in Dubai Marina.", content, StringComparison.Ordinal);
        Assert.Contains("0071158760954", content, StringComparison.Ordinal);
        Assert.Contains("#DubaiMarina", content, StringComparison.Ordinal);
        var asked = Assert.Single(host.Model.Of("Rewriteone"));
        Assert.Contains("price: AED 2,450,000", asked.Question, StringComparison.Ordinal);
        Assert.Contains("Instagram", asked.Messages[0].Text("content"), StringComparison.Ordinal);
        Assert.Empty(asked.Tools);
    }

    [Fact]
    public async Task What_the_facts_do_not_have_is_not_taken_and_is_named()
    {
        var (office, post) = await NewPostAsync("Rewritetwo");
        var before = (await office.Admin.GetAsync($"{Posts}/{post}")).Must(200).Text("content");
        host.Model.On("Rewritetwo", (_, reply) => reply.SayAsync("A stunning home, 5 minutes from the metro! www.example.com"));
        var answer = (await host.As(office.Admin).PostAsync($"{Posts}/{post}/rewrite")).Must(200);
        Assert.False(answer.IsTrue("rewritten"));
        var objections = string.Join(' ', answer.At("objections").Items().Select(o => o.GetString()));
        Assert.All(new[] { "number 5", "stunning", "minutes", "metro", "link" },
            word => Assert.Contains(word, objections, StringComparison.Ordinal));
        Assert.Equal(before, (await office.Admin.GetAsync($"{Posts}/{post}")).Must(200).Text("content"));
    }

    [Fact]
    public async Task A_model_that_fails_leaves_the_post_and_without_one_there_is_nothing_to_ask()
    {
        var (office, post) = await NewPostAsync("Rewritethree");
        host.Model.On("Rewritethree", (_, reply) => reply.FailAsync(400));
        (await host.As(office.Admin).PostAsync($"{Posts}/{post}/rewrite")).MustRefuse(503, "SYS_001");
        (await office.Admin.PostAsync($"{Posts}/{post}/rewrite")).MustRefuse(409, "RES_003");
        var other = await server.NewOfficeAsync();
        (await host.As(other.Admin).PostAsync($"{Posts}/{post}/rewrite")).Must(404);
        var (stranger, _) = await office.NewUserWhoMayAsync("social:update:own");
        (await host.As(stranger).PostAsync($"{Posts}/{post}/rewrite")).Must(404);
    }

    private async Task<(Office Office, string Post)> NewPostAsync(string building)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { building })).Must(200);
        return (office, (await office.Admin.PostAsync(Posts, new { property_id = property, platform = "instagram" })).Must(201)
            .At("posts").Items()[0].Text("post_id")!);
    }
}
