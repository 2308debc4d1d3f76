using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class SafeRepetitionTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Fact]
    public async Task A_repeat_replays_the_first_answer_and_changes_nothing()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");
        var first = await office.Admin.PostAsync(Path, Samples.Property(), key);
        var again = await office.Admin.PostAsync(Path, Samples.Property(), key);
        first.Must(201);
        again.Must(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Header("ETag"), again.Header("ETag"));
        Assert.Equal(first.Header("Location"), again.Header("Location"));
        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Single((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await office.Admin.PostAsync(Path, Samples.Property(), key)).Must(201);
        (await office.Admin.PostAsync(Path, Samples.Property(("price", 1)), key)).Must(422);
    }

    [Fact]
    public async Task Many_at_once_with_one_key_make_one_property()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => office.Admin.PostAsync(Path, Samples.Property(), key)));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 201, 409 }));
        Assert.Single(answers.Where(a => a.Status == 201).Select(a => a.Text).Distinct());
        Assert.Single((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task A_key_belongs_to_its_user()
    {
        var (one, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var key = ("Idempotency-Key", "the same key");
        (await one.Admin.PostAsync(Path, Samples.Property(), key)).Must(201);
        Assert.Null((await other.Admin.PostAsync(Path, Samples.Property(("price", 1)), key)).Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_refused_request_may_be_mended_under_the_same_key()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await office.Admin.PostAsync(Path, new { city = "Dubai" }, key)).Must(422);
        (await office.Admin.PostAsync(Path, Samples.Property(), key)).Must(201);
    }

    [Fact]
    public async Task An_unchanged_resource_is_a_304_and_a_changed_one_is_not()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{await office.NewPropertyAsync()}";
        foreach (var target in new[] { path, Path, $"{path}/timeline" })
        {
            var tag = (await office.Admin.GetAsync(target)).Header("ETag");
            Assert.NotNull(tag);
            for (var i = 0; i < 3; i++)
            {
                var same = await office.Admin.GetAsync(target, ("If-None-Match", tag));
                Assert.Equal(304, same.Status);
                Assert.Equal(tag, same.Header("ETag"));
                Assert.Empty(same.Content);
            }
        }
        var old = (await office.Admin.GetAsync(path)).Header("ETag")!;
        (await office.Admin.PatchAsync(path, new { description = "changed" })).Must(200);
        (await office.Admin.GetAsync(path, ("If-None-Match", old))).Must(200);
        (await office.Admin.GetAsync(Path, ("If-None-Match", old))).Must(200);
    }

    [Fact]
    public async Task A_lost_update_is_refused_for_every_writing_verb()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{await office.NewPropertyAsync()}";
        var old = (await office.Admin.GetAsync(path)).Header("ETag")!;
        var current = (await office.Admin.PatchAsync(path, new { price = 1 })).Header("ETag")!;
        (await office.Admin.PatchAsync(path, new { price = 2 }, ("If-Match", old))).MustRefuse(412, "RES_004");
        (await office.Admin.PatchAsync(path, new { }, ("If-Match", old))).MustRefuse(412, "RES_004");
        (await office.Admin.PutAsync(path, new { price = 2 }, ("If-Match", "\"garbage\""))).MustRefuse(412, "RES_004");
        (await office.Admin.DeleteAsync(path, ("If-Match", old))).MustRefuse(412, "RES_004");
        Assert.Equal(1, (await office.Admin.GetAsync(path)).Must(200).Number("price"));
        (await office.Admin.PatchAsync(path, new { price = 3 }, ("If-Match", current))).Must(200);
    }

    [Fact]
    public async Task What_is_gone_is_never_called_unchanged()
    {
        var office = await server.NewOfficeAsync();
        foreach (var path in new[]
                 {
                     $"/api/v1/properties/{await office.NewPropertyAsync()}",
                     $"/api/v1/roles/{(await office.Admin.PostAsync("/api/v1/roles",
                         new { name = "passing", permissions = new[] { "properties:read" } })).Must(201).Id()}",
                 })
        {
            var tag = (await office.Admin.GetAsync(path)).Header("ETag")!;
            Assert.Equal(304, (await office.Admin.GetAsync(path, ("If-None-Match", tag))).Status);
            (await office.Admin.DeleteAsync(path)).Must(204);
            (await office.Admin.GetAsync(path, ("If-None-Match", tag))).Must(404);
        }
    }

    [Fact]
    public async Task An_answer_that_shows_other_rows_changes_its_tag_with_them()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var deal = $"/api/v1/deals/{(await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 5 })).Must(201).Id()}";
        var tag = (await office.Admin.GetAsync(deal)).Header("ETag")!;
        Assert.Equal(304, (await office.Admin.GetAsync(deal, ("If-None-Match", tag))).Status);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { address = "Moved Street 1" })).Must(200);
        Assert.Contains("Moved Street 1", (await office.Admin.GetAsync(deal, ("If-None-Match", tag))).Must(200).ToString(),
            StringComparison.Ordinal);
        (await office.Admin.PatchAsync(deal, new { value = 6 }, ("If-Match", tag))).Must(200);
        (await office.Admin.PatchAsync(deal, new { value = 7 }, ("If-Match", tag))).MustRefuse(412, "RES_004");
    }

    [Fact]
    public async Task A_client_a_template_and_a_campaign_change_their_tag_with_what_they_show_of_others()
    {
        var office = await server.NewOfficeAsync();
        var client = $"/api/v1/clients/{(await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Omar", last_name = "Khan", email = "omar@example.com" })).Must(201).Id()}";
        await ChangesAsync(client,
            async () => (await office.Admin.PostAsync($"{client}/activities",
                new { activity_type = "call", description = "x" })).Must(201));
        (await office.Admin.PatchAsync(client, new { notes = "x" },
            ("If-Match", (await office.Admin.GetAsync(client)).Header("ETag")!))).Must(200);
        var template = (await office.Admin.GetAsync("/api/v1/communications/templates?type=email")).Must(200).Items()[0].Id();
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", $"{Guid.NewGuid():n}@example.com")));
        await ChangesAsync($"/api/v1/communications/templates/{template}",
            async () => (await office.Admin.PostAsync("/api/v1/quick-wins/generate-and-send",
                new { property_id = property, template_id = template })).Must(200));
        await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "Lina", last_name = "Lead", email = $"{Guid.NewGuid():n}@example.com", source = "website" });
        var campaign = $"/api/v1/campaigns/{(await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "x", content = "x" })).Must(201).Id()}";
        (await office.Admin.PostAsync($"{campaign}/send", new { })).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync(campaign)).Must(200), c => c.Text("status") == "completed");
        await ChangesAsync(campaign,
            () => server.ExecuteAsync("update outreach.campaigns set opened_count = opened_count + 1 where organization_id = $1",
                office.OrganizationId));

        async Task ChangesAsync(string path, Func<Task> change)
        {
            var tag = (await office.Admin.GetAsync(path)).Header("ETag")!;
            Assert.Equal(304, (await office.Admin.GetAsync(path, ("If-None-Match", tag))).Status);
            await change();
            await Eventually.UntilAsync(() => office.Admin.GetAsync(path, ("If-None-Match", tag)), a => a.Status == 200);
        }
    }

    [Fact]
    public async Task Another_file_of_the_same_length_under_one_key_is_refused()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await office.Admin.PostAsync("/api/v1/data/import", Import("A"), key)).Must(202);
        Assert.Equal("true", (await office.Admin.PostAsync("/api/v1/data/import", Import("A"), key)).Header("Idempotency-Replayed"));
        (await office.Admin.PostAsync("/api/v1/data/import", Import("B"), key)).Must(422);
    }

    [Fact]
    public async Task Parts_that_are_none_are_refused_with_a_key_as_without()
    {
        var office = await server.NewOfficeAsync();
        foreach (var text in new[] { "no parts at all", "--b\r\nContent-Disposition: form-data; name=\"entity\"\r\n\r\nproperties", "" })
        {
            using var broken = new StringContent(text);
            broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            Assert.InRange((await office.Admin.SendAsync(HttpMethod.Post, "/api/v1/data/import", broken,
                ("Idempotency-Key", Guid.NewGuid().ToString()))).Status, 400, 422);
        }
    }

    // Each with a boundary of its own, as clients do.
    private static MultipartFormDataContent Import(string street) => new()
    {
        { new StringContent("properties"), "entity" },
        { new StringContent($"address,city\n{street} Street,Dubai\n"), "file", "one.csv" },
    };
}
