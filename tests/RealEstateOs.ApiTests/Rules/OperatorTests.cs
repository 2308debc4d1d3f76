using RealEstateOs.ApiTests.Auth;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class OperatorTests(Server server)
{
    [Fact]
    public async Task An_offices_administrator_sees_and_moves_only_what_is_the_offices()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync();
        var plan = (await office.Admin.GetAsync("/api/v1/database/plan")).Must(200);
        Assert.Empty(plan.At("steps").Items());
        var runtime = (await office.Admin.GetAsync("/api/v1/performance/runtime")).Must(200);
        Assert.True(runtime.IsNull("process") && runtime.IsNull("workers"));
        // The office's own work on its new property may still run: what others run is never counted.
        var queues = await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync("/api/v1/performance/celery")).Must(200), figures => figures.Long("running") == 0);
        Assert.Empty(queues.At("hosts").Items());
        Assert.Empty(queues.At("recurring").Items());
        foreach (var path in new[] { "/api/v1/database/optimize", "/api/v1/search/reindex" })
        {
            var job = (await office.Admin.PostAsync(path, new { })).Must(202).At("job_id");
            await Eventually.UntilAsync(
                () => server.CountAsync(
                    """
                    platform.jobs where organization_id = $1 and kind = 'database.check_own' and state = 'completed'
                        and result->'records' @> '[{"table": "properties.properties", "records": 1}]'
                    """, office.OrganizationId), done => done > 0);
            Assert.Equal(0, await server.CountAsync(
                "platform.jobs where organization_id = $1 and kind in ('database.optimize', 'search.reindex')", office.OrganizationId));
            Assert.NotEqual(default, job);
        }
    }

    [Fact]
    public async Task An_operator_is_one_who_has_confirmed_the_address()
    {
        var email = Server.OperatorEmail(0);
        var registered = (await server.Anonymous.PostAsync("/api/v1/auth/register", new
        {
            email, password = Office.Password, first_name = "Otto", last_name = "Operator", organization_name = "Hosting",
        })).Must(201);
        var office = new Office(server, email, registered);
        Assert.True((await office.Admin.GetAsync("/api/v1/performance/runtime")).Must(200).IsNull("process"));
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email",
            new { token = await AccountMail.TokenAsync(server, email, "verify-email") })).Must(200);
        Assert.True((await office.Admin.GetAsync("/api/v1/performance/runtime")).Must(200).Number("process.working_set_bytes") > 0);
        Assert.NotEmpty((await office.Admin.GetAsync("/api/v1/performance/celery")).Must(200).At("recurring").Items());
        var job = (await office.Admin.PostAsync("/api/v1/database/optimize", new { })).Must(202);
        Assert.Equal(1, await server.CountAsync("platform.jobs where organization_id = $1 and kind = 'database.optimize'",
            office.OrganizationId));
        Assert.NotEqual(default, job);
    }
}
