using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using RealEstateOs.DevServices;

namespace RealEstateOs.UnitTests.DevServices;

public sealed class PrivateServicesTests(PrivateServicesFixture services) : IClassFixture<PrivateServicesFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_reuses_what_runs()
    {
        var first = await PrivateServices.EnsureAsync(services.Options, ct: Ct);
        var before = Postmaster();

        Assert.Equal(first, await PrivateServices.EnsureAsync(services.Options, ct: Ct));
        Assert.Equal(before, Postmaster());
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_its_data_and_its_passwords()
    {
        var before = await PrivateServices.EnsureAsync(services.Options, ct: Ct);
        await RunAsync(before.OwnerConnectionString, "CREATE TABLE survivors AS SELECT 42 AS answer");
        using (var postmaster = Process.GetProcessById(Postmaster())) postmaster.Kill();

        var again = await PrivateServices.EnsureAsync(services.Options, ct: Ct);

        Assert.Equal(before.OwnerConnectionString, again.OwnerConnectionString);
        Assert.Equal(42, await RunAsync(again.OwnerConnectionString, "SELECT answer FROM survivors"));
    }

    [Fact]
    public async Task A_pid_file_that_names_a_strangers_process_does_not_stop_a_start()
    {
        var port = new NpgsqlConnectionStringBuilder(
            (await PrivateServices.EnsureAsync(services.Options, ct: Ct)).AppConnectionString).Port;
        await PrivateServices.StopAsync(services.Options.DataFolder, Ct);
        await File.WriteAllTextAsync(
            PidFile, $"{Environment.ProcessId}\n{services.Options.DataFolder}\n1\n{port}\n\n127.0.0.1\n1 1\nready\n", Ct);

        var again = await PrivateServices.EnsureAsync(services.Options, ct: Ct);

        Assert.Equal(1, await RunAsync(again.AppConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_taken_port_is_replaced_by_another()
    {
        var port = new NpgsqlConnectionStringBuilder(
            (await PrivateServices.EnsureAsync(services.Options, ct: Ct)).AppConnectionString).Port;
        await PrivateServices.StopAsync(services.Options.DataFolder, Ct);
        using (var stranger = new TcpListener(IPAddress.Loopback, port))
        {
            stranger.Start();
            var moved = await PrivateServices.EnsureAsync(services.Options, ct: Ct);
            Assert.NotEqual(port, new NpgsqlConnectionStringBuilder(moved.AppConnectionString).Port);
            Assert.Equal(1, await RunAsync(moved.AppConnectionString, "SELECT 1"));
        }
    }

    [Theory]
    [InlineData("App")]
    [InlineData("System")]
    public async Task The_application_and_the_system_role_own_nothing_and_stand_under_row_level_security(string login)
    {
        var addresses = await PrivateServices.EnsureAsync(services.Options, ct: Ct);
        var address = login == "App" ? addresses.AppConnectionString : addresses.SystemConnectionString;

        Assert.Equal(
            false,
            await RunAsync(address,
                "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(address, "CREATE TABLE public.mine (id int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_fresh_database_has_the_extensions_and_belongs_to_the_owner()
    {
        await PrivateServices.EnsureAsync(services.Options, ct: Ct);
        var fresh = await PrivateServices.CreateDatabaseAsync(services.Options, "scratch_1", replaceExisting: true, Ct);

        Assert.Equal("btree_gin,pg_trgm", await RunAsync(
            fresh.OwnerConnectionString, "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"));
        Assert.True((float)(await RunAsync(fresh.AppConnectionString, "SELECT similarity('دبي مارينا', 'دبي')"))! > 0,
            "trigrams know Arabic letters");
        await RunAsync(fresh.OwnerConnectionString, "CREATE SCHEMA theirs");
        await PrivateServices.DropDatabaseAsync(services.Options, "scratch_1", Ct);
    }

    [Fact]
    public async Task Passwords_can_be_read_by_their_owner_alone()
    {
        await PrivateServices.EnsureAsync(services.Options, ct: Ct);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(services.Options.DataFolder, "services.json")));
    }

    [Fact]
    public async Task Arguments_of_the_host_are_no_verb() =>
        Assert.Null(await PrivateServices.RunVerbAsync(["--urls", "http://127.0.0.1:0"]));

    private string PidFile => Path.Combine(services.Options.DataFolder, "postgres", "postmaster.pid");

    private int Postmaster() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private static async Task<object?> RunAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
