using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Persistence;

/// <summary>An effect and what is told of it travel to the commit together.</summary>
public sealed class UnitOfWorkTests(Server server)
{
    [Theory]
    [InlineData("{}", true)]
    [InlineData("no JSON, which the table refuses", false)]
    public async Task An_effect_is_committed_with_its_event_or_not_at_all(string payload, bool whole)
    {
        var ct = TestContext.Current.CancellationToken;
        var office = await server.NewOfficeAsync();
        var home = await office.NewPropertyAsync();
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>()
            .CreateTenantScope(new OrganizationId(office.OrganizationId));
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        await work.ExecuteAsync("update properties.properties set city = 'Sharjah' where id = $1", ct, new NpgsqlParameter { Value = home });
        work.Enter([], [new OutboxEntry("test.effect", payload)], []);
        if (whole) await work.CommitAsync(ct);
        else await Assert.ThrowsAsync<PostgresException>(() => work.CommitAsync(ct));
        await work.RollbackAsync();

        var shown = (await office.Admin.GetAsync($"/api/v1/properties/{home}")).Must(200);
        Assert.Equal(whole ? "Sharjah" : "Dubai", shown.Text("city"));
        Assert.Equal(whole ? 1 : 0, await server.CountAsync(
            "platform.outbox where event_type = 'test.effect' and organization_id = $1", office.OrganizationId));
    }
}
