using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Leads.Records;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>What was stored by an older reading is read anew, once.</summary>
public sealed class KeyRenewalTests(Server server)
{
    [Fact]
    public async Task Keys_of_an_older_reading_are_renewed_and_whose_key_is_anothers_stays_without()
    {
        var office = await server.NewOfficeAsync();
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add((await office.NewLeadAsync()).Id());
        await SqlAsync($"update leads.leads set phone = '+971501234567', phone_e164 = '+971501234567' where id = {ids[0]}");
        await SqlAsync($"update leads.leads set phone = '+9710501234567', phone_e164 = '+9710501234567' where id = {ids[1]}");
        await SqlAsync("update leads.leads set phone = '0501112222', phone_e164 = null, email = 'X@b\u00fccher.example', "
            + $"email_normalised = 'x@b\u00fccher.example' where id = {ids[2]}");
        await SqlAsync("update leads.leads set phone = 'ask her', phone_e164 = null, email = 'no more', email_normalised = 'no more' "
            + $"where id = {ids[3]}");
        Assert.Equal(3, await RenewAsync(office, ids));
        Assert.Equal(0, await RenewAsync(office, ids));
        async Task<(string?, string?)> KeysAsync(long id) =>
            ((await office.Admin.GetAsync($"/api/v1/leads/{id}")).Must(200).Text("phone_e164"),
                await TextAsync($"select email_normalised from leads.leads where id = {id}"));
        Assert.Equal("+971501234567", (await KeysAsync(ids[0])).Item1);
        Assert.Null((await KeysAsync(ids[1])).Item1);
        Assert.Equal(("+971501112222", "x@xn--bcher-kva.example"), await KeysAsync(ids[2]));
        Assert.Equal((null, null), await KeysAsync(ids[3]));
        Assert.Contains("duplicate_found",
            (await office.Admin.GetAsync($"/api/v1/leads/{ids[1]}/timeline")).Must(200).Items().Select(e => e.Text("event_type")));
        Assert.Equal("no more", (await office.Admin.GetAsync($"/api/v1/leads/{ids[3]}")).Must(200).Text("email"));
    }

    [Fact]
    public async Task The_renewal_runs_to_its_end_after_a_start()
    {
        await Eventually.UntilAsync(
            () => TextAsync("select count(*)::text from platform.contact_key_renewals where finished_at is not null"),
            ended => ended == "4");
        Assert.Equal("auth.users, crm.clients, leads.leads, outreach.suppressions",
            await TextAsync(
                "select string_agg(table_name, ', ' order by table_name) "
                    + "from platform.contact_key_renewals where finished_at is not null"));
    }

    private async Task<int> RenewAsync(Office office, IReadOnlyList<long> ids)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(TestContext.Current.CancellationToken);
        var renewed = await scope.ServiceProvider.GetRequiredService<LeadKeys>().RenewAsync(ids, "AE",
            TestContext.Current.CancellationToken);
        await work.CommitAsync(TestContext.Current.CancellationToken);
        return renewed;
    }

    private Task SqlAsync(string sql) => TextAsync(sql);

    private async Task<string?> TextAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }
}
