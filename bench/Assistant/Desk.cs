using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Bench.Outreach;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Bench.Assistant;

/// <summary>Verbs for the assistant of a host.</summary>
internal static class Desk
{
    public static async Task UploadAsync(this BenchHost host, byte[] content, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        using var answer = await host.Client.PostAsync("/api/v1/documents/upload", form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until no document is queued and no English passage lacks its embedding.</summary>
    public static async Task ReadInAsync(this BenchHost host, bool embedded)
    {
        var open = "select count(*) from assistant.documents where status = 'queued'";
        if (embedded) open = $"select ({open}) + (select count(*) from assistant.passages where language = 'en' and embedded_by is null)";
        while (await host.ScalarAsync<long>(open) > 0) await Task.Delay(50);
    }

    public static async Task<T> ScalarAsync<T>(this BenchHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Addresses.SystemConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 3600 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A scope in which the administrator is signed in.</summary>
    public static async Task<AsyncServiceScope> SignedInAsync(this BenchHost host)
    {
        var scope = host.Scope();
        var user = await host.ScalarAsync<long>("select min(id) from auth.users");
        var services = scope.ServiceProvider;
        await services.GetRequiredService<CurrentUser>().ActForAsync(new(user), services.GetRequiredService<ISessionDirectory>(), default);
        return scope;
    }

    public static async Task<double> MedianAsync(int times, Func<int, Task> run)
    {
        var took = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            await run(i);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }
        return At(took, 0.5);
    }

    public static double At(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(share * values.Count))];
    }
}
