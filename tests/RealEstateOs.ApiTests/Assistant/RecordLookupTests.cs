using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>Questions that the office's records answer, without a model, to who may read them.</summary>
public sealed class RecordLookupTests(Server server)
{
    [Fact]
    public async Task The_score_of_a_lead_is_explained_to_who_may_see_the_lead()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "Lina", last_name = "Khan", email = "lina@example.com", source = "referral" })).Must(201);
        foreach (var question in new[] { "Why does Lina Khan have this score?", $"Explain the score of lead_{lead.Id()}" })
        {
            var answer = await office.Admin.AskAsync(question);
            Assert.Equal("look_up", answer.Text("mode"));
            Assert.Contains($"score of {lead.Long("score")} of 100", answer.Text("answer"), StringComparison.Ordinal);
            Assert.Contains("source 20 of 20 (Came by referral)", answer.Text("answer"), StringComparison.Ordinal);
            Assert.Equal($"lead_{lead.Id()}", answer.At("records")[0].Text("reference"));
        }
        var (blind, _) = await office.NewUserWhoMayAsync("assistant:use", "documents:read", "clients:read");
        Assert.Equal("not_found", (await blind.AskAsync($"Explain the score of lead_{lead.Id()}")).Text("mode"));
        var (own, _) = await office.NewUserWhoMayAsync("assistant:use", "leads:read:own");
        Assert.Equal("not_found", (await own.AskAsync("Why does Lina Khan have this score?")).Text("mode"));
    }

    [Fact]
    public async Task A_client_is_found_by_name_with_history_by_who_may_see_clients()
    {
        var office = await server.NewOfficeAsync();
        var client = (await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Fatima", last_name = "Zanzibari", phone = "+971501234567", type = "buyer" })).Must(201).Id();
        var answer = await office.Admin.AskAsync("How do I reach Fatima Zanzibari?");
        Assert.Equal("look_up", answer.Text("mode"));
        Assert.Contains("+971501234567", answer.Text("answer"), StringComparison.Ordinal);
        Assert.Equal([$"client_{client}"], answer.At("records").Items().Select(r => r.Text("reference")));
        var (blind, _) = await office.NewUserWhoMayAsync("assistant:use", "documents:read", "leads:read", "deals:read");
        Assert.Equal("not_found", (await blind.AskAsync("How do I reach Fatima Zanzibari?")).Text("mode"));
    }

    [Fact]
    public async Task What_a_property_is_worth_is_told_with_its_evidence()
    {
        var office = await server.NewOfficeAsync();
        var flat = await office.NewPropertyAsync(Samples.Property(
            ("community", "Dubai Marina"), ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 1200), ("currency", "AED")));
        var answer = await office.Admin.AskAsync($"What is prop_{flat} worth?");
        Assert.Equal("look_up", answer.Text("mode"));
        Assert.Matches(@"estimated at AED [\d,]+ \(AED [\d,]+ to AED [\d,]+\), from \d+ comparable sales", answer.Text("answer"));
        Assert.Contains("INVENTED sample sales", answer.Text("answer"), StringComparison.Ordinal);
        var same = (await office.Admin.PostAsync("/api/v1/ai/assist",
            new { message = "What could it sell for?", property_id = flat })).Must(200);
        Assert.Equal(answer.Text("answer"), same.Text("answer"));
        var bare = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina")));
        Assert.Contains("can't be valued", (await office.Admin.AskAsync($"What is prop_{bare} worth?")).Text("answer"),
            StringComparison.Ordinal);
        var (blind, _) = await office.NewUserWhoMayAsync("assistant:use", "properties:read");
        Assert.Equal("not_found", (await blind.AskAsync($"What is prop_{flat} worth?")).Text("mode"));
        var (blinder, _) = await office.NewUserWhoMayAsync("assistant:use", "cma:read");
        Assert.Equal("not_found", (await blinder.AskAsync($"What is prop_{flat} worth?")).Text("mode"));
    }

    [Fact]
    public async Task Listings_are_found_by_the_arabic_name_of_their_place_and_lead_to_a_question_that_is_answered()
    {
        var office = await server.NewOfficeAsync();
        var flat = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"),
            ("bedrooms", 1)));
        var answer = await office.Admin.AskAsync("كم شقة لدينا في دبي مارينا؟");
        Assert.Equal([$"prop_{flat}"], answer.At("records").Items().Select(r => r.Text("reference")));
        var next = await office.Admin.AskAsync(answer.At("follow_ups")[0].GetString()!);
        Assert.Equal("look_up", next.Text("mode"));
        Assert.Contains("1 bedroom,", next.Text("answer") + ",", StringComparison.Ordinal);
        var (agent, _) = await office.NewUserWhoMayAsync("assistant:use", "properties:read");
        Assert.Equal("not_found", (await agent.AskAsync("كم شقة لدينا في دبي مارينا؟")).Text("mode"));
    }

    [Fact]
    public async Task Prices_of_a_place_come_from_registered_sales()
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.AskAsync("What are median prices in Dubai Marina?");
        var snapshot = (await office.Admin.GetAsync(answer.At("records")[0].Text("url")!)).Must(200);
        Assert.Contains($"{snapshot.Long("sales")} sales in twelve months, median price AED {snapshot.Number("median_price"):#,0}",
            answer.Text("answer"), StringComparison.Ordinal);
        Assert.Equal("not_found", (await office.Admin.AskAsync("What are median prices in Nowhereville?")).Text("mode"));
        var (blind, _) = await office.NewUserWhoMayAsync("assistant:use");
        Assert.Equal("not_found", (await blind.AskAsync("What are median prices in Dubai Marina?")).Text("mode"));
    }
}
