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
}
