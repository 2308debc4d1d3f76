using System.Net.Http.Headers;
using System.Text;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class BadInputTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Theory]
    [InlineData("{\"address\": ", 400)]
    [InlineData("", 422)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("{\"address\":null,\"city\":null}", 422)]
    [InlineData("{\"address\":\"a\\u0000b\",\"city\":\"Dubai\"}", 422)]
    [InlineData("{\"address\":\"\\ud800\",\"city\":\"Dubai\"}", 422)]
    [InlineData("{\"address\":{\"a\":1},\"city\":[1]}", 422)]
    [InlineData("{\"address\":\"   \",\"city\":\"Dubai\"}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"price\":1e400}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"price\":99999999999999999999}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"bedrooms\":1.5}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"bedrooms\":\"3\"}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"permit_expires_on\":\"2026-02-30\"}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"property_type\":7}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"tags\":[null]}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"team_id\":\"user_1\"}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"team_id\":999999999}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"assigned_user_id\":0}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"metadata\":{\"x\":\"\\u0000\"}}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"currency\":\"dirham\"}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"bird_dog_score\":7}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"latitude\":91}", 422)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"city\":\"Sharjah\"}", 400)]
    [InlineData("{\"address\":\"A\",\"city\":\"Dubai\",\"metadata\":{\"a\":1,\"a\":2}}", 400)]
    public async Task A_body_that_can_not_be_taken_is_refused_and_leaves_nothing(string body, int status)
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.PostAsync(Path, body);
        var problem = answer.Must(status);
        Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(status, problem.Long("status"));
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_refused()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Path, Samples.Property(("address", new string('x', 900_000))))).MustRefuse(422, "VAL_003");
        (await office.Admin.PostAsync(Path, Samples.Property(("description", new string('x', 2_000_000))))).MustRefuse(413, "VAL_003");
    }

    [Fact]
    public async Task Deep_nesting_is_malformed_not_a_crash()
    {
        var office = await server.NewOfficeAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        (await office.Admin.PostAsync(Path, $"{{\"address\":\"A\",\"city\":\"B\",\"metadata\":{deep}}}")).Must(400);
    }

    [Fact]
    public async Task Another_media_type_is_a_415()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Path,
            new StringContent("address=A", MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")))).Must(415);
        (await office.Admin.PostAsync(Path, new StringContent("<a/>", MediaTypeHeaderValue.Parse("application/xml")))).Must(415);
    }

    [Theory]
    [InlineData("/api/v1/properties/lead_5", 422)]
    [InlineData("/api/v1/properties/prop_x", 422)]
    [InlineData("/api/v1/properties/-1", 422)]
    [InlineData("/api/v1/properties/99999999999999999999999", 422)]
    [InlineData("/api/v1/properties/999999999", 404)]
    [InlineData("/api/v1/properties/prop_999999999", 404)]
    [InlineData("/api/v1/properties/0", 404)]
    [InlineData("/api/v1/nothing/here", 404)]
    [InlineData("/api/v1/properties/%00", 400)]
    public async Task An_address_that_names_nothing_says_so(string path, int status) =>
        (await (await server.NewOfficeAsync()).Admin.GetAsync(path)).Must(status);

    [Theory]
    [InlineData("null", "")]
    [InlineData("[null,null]", "")]
    [InlineData("[\"a\\u0000b\",1,5]", "&sort=address")]
    [InlineData("[1e999,1,5]", "&sort=price")]
    public async Task A_cursor_that_is_none_of_ours_is_refused(string json, string sort)
    {
        var cursor = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(json)).TrimEnd('=');
        Assert.Equal(["after"],
            (await (await server.NewOfficeAsync()).Admin.GetAsync($"{Path}?after={Uri.EscapeDataString(cursor)}{sort}")).MustNameFields());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task A_boundary_that_no_client_draws_is_a_415(string? key)
    {
        var office = await server.NewOfficeAsync();
        var body = new ByteArrayContent("--x--"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={new string('x', 5000)}");
        var path = $"{Path}/{await office.NewPropertyAsync()}/images";
        (await office.Admin.PostAsync(path, body, key is null ? [] : [("Idempotency-Key", key)])).Must(415);
    }

    [Fact]
    public async Task Of_very_many_faults_the_first_hundred_are_told_and_how_many_more_there_are()
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.PostAsync("/api/v1/roles",
            new { name = "much", permissions = Enumerable.Range(0, 5000).Select(n => $"wrong:{n}") });
        var problem = answer.MustRefuse(422, "VAL_002");
        Assert.Equal(100, problem.At("errors").GetArrayLength());
        Assert.Equal(4900, problem.Long("error.details.more_errors"));
        Assert.InRange(answer.Content.Length, 1, 200_000);
    }

    [Theory]
    [InlineData(21, "more than 20 deep")]
    [InlineData(3000, "more than 20 deep")]
    public async Task A_template_is_refused_for_its_depth_before_it_is_compiled(int depth, string why)
    {
        var office = await server.NewOfficeAsync();
        var content = string.Concat(Enumerable.Repeat("{{#if first_name}}", depth)) + "x"
            + string.Concat(Enumerable.Repeat("{{/if}}", depth));
        var problem = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "Deep", campaign_type = "email", subject = "Hello", content })).Must(422);
        Assert.Contains(why, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_prefix_says_which_one_is_right() =>
        Assert.Contains("prop_", (await (await server.NewOfficeAsync()).Admin.GetAsync("/api/v1/properties/lead_5")).Must(422)
            .Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task Every_form_of_an_id_is_the_same_property()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync();
        Assert.Equal(id, (await office.Admin.GetAsync($"{Path}/prop_{id}")).Must(200).Id());
        Assert.Equal(id, (await office.Admin.GetAsync($"{Path}/{id}")).Must(200).Id());
    }

    [Fact]
    public async Task What_is_kept_of_a_long_header_ends_where_a_character_does()
    {
        var office = await server.NewOfficeAsync();
        var program = new string('x', 399);
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        http.BaseAddress = server.Client.BaseAddress;
        var made = (await new Actor(http, office.Admin.Token).PostAsync(Path, Samples.Property(),
            ("User-Agent", program + "😀 and more"))).Must(201);
        var audited = (await office.Admin.GetAsync($"/api/v1/audit-logs?resource_type=property&resource_id={made.Id()}")).Must(200);
        Assert.Equal(program, audited[0].Text("user_agent"));
    }

    [Fact]
    public async Task A_form_without_end_is_a_400()
    {
        var form = new FormUrlEncodedContent(Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create($"member{i}", "x")));
        (await server.Anonymous.PostAsync("/api/v1/auth/token", form)).Must(400);
    }

    [Fact]
    public async Task A_wrong_method_is_a_405() => (await (await server.NewOfficeAsync()).Admin.PutAsync(Path, new { })).Must(405);

    [Fact]
    public async Task A_member_that_nobody_knows_is_ignored_and_told_by_its_path()
    {
        var office = await server.NewOfficeAsync();
        var made = await office.Admin.PostAsync(Path, Samples.Property(("prise", 5), ("zzz", 1), ("area_sqft", 900)));
        Assert.Equal("prise (did you mean price?), zzz", made.Header("X-Unknown-Members"));
        var deal = await office.Admin.PostAsync("/api/v1/deals", new { property_id = made.Must(201).Id(), deal_type = "sale", value = 1_000,
            commission_fees = new[] { new { description = "Photographer", amount = 1, ammount = 2 } } });
        deal.Must(201);
        Assert.Equal("commission_fees[0].ammount (did you mean amount?)", deal.Header("X-Unknown-Members"));
        Assert.Null((await office.Admin.PatchAsync($"{Path}/{made.Json.Id()}", new { price = 5 })).Header("X-Unknown-Members"));
        Assert.Equal("??x", (await office.Admin.PostAsync(Path, "{\"address\":\"A\",\"city\":\"B\",\"\\r\\nx\":1}"))
            .Header("X-Unknown-Members"));
    }

    [Fact]
    public async Task A_key_of_control_characters_or_endless_length_is_refused()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Path, Samples.Property(), ("Idempotency-Key", new string('k', 300)))).Must(422);
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }
}
