using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Lists;

/// <summary>What a request asks PostgreSQL, and how many rows PostgreSQL looks at for it when it is asked the same again.</summary>
internal sealed class PlanReader : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<NpgsqlCommand>> asked = new();
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly NpgsqlDataSource database;
    private readonly Office office;

    public PlanReader(Office office)
    {
        this.office = office;
        database = NpgsqlDataSource.Create(office.Server.Addresses.AppConnectionString);
        var requests = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(requests);
        subscriptions.Add(requests);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The answer to a GET, and the rows that its statements look at in all.</summary>
    public async Task<(Answer Answer, long Rows)> GetAsync(string path)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = asked.GetOrAdd(trace, _ => new());
        var answer = await office.Admin.GetAsync(path, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        asked.TryRemove(trace, out _);
        long rows = 0;
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // A total beyond the bound is counted to its end, apart, and kept for a hundred times as long as that took.
        foreach (var statement in statements.Where(s => !s.CommandText.StartsWith("SELECT count(*)", StringComparison.Ordinal)))
            rows += await VisitedAsync(connection, statement);
        return (answer, rows);
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name == DbLoggerCategory.Name) subscriptions.Add(listener.Subscribe(this, (name, _, _) => name == Asked));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> told)
    {
        if (told is { Key: var key, Value: CommandEventData { Command: NpgsqlCommand command } } && key == Asked
            && Activity.Current is { } activity && asked.TryGetValue(activity.TraceId, out var statements))
            statements.Enqueue(command.Clone());
    }

    private static string Asked => RelationalEventId.CommandExecuting.Name!;

    private async Task<long> VisitedAsync(NpgsqlConnection connection, NpgsqlCommand statement)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var tenant = new NpgsqlCommand("select set_config('app.organization_id', $1, true)", connection, transaction))
        {
            var id = office.OrganizationId.ToString(CultureInfo.InvariantCulture);
            tenant.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
            await tenant.ExecuteNonQueryAsync(ct);
        }
        await using var explain = statement.Clone();
        (explain.Connection, explain.Transaction) = (connection, transaction);
        explain.CommandText = $"explain (analyze, timing off, format json) {statement.CommandText}";
        return Visited(JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(ct))!).RootElement[0].GetProperty("Plan"));
    }

    private static long Visited(JsonElement node)
    {
        var below = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().Sum(Visited) : 0;
        if (!node.GetProperty("Node Type").GetString()!.EndsWith("Scan", StringComparison.Ordinal)) return below;
        var each = Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck");
        return below + (long)(each * Number("Actual Loops"));

        double Number(string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
        database.Dispose();
    }
}
