using System.Text.Json;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Market;

/// <summary>A market as it lies in the database.</summary>
/// <param name="LastSalesImport">The last one that brought sales.</param>
/// <param name="LastImport">The last one that brought sales or rents.</param>
/// <param name="TrainedIn">How long its model took to learn.</param>
internal sealed record MarketState(string Market, long RealSales, long SampleSales, DateOnly? LastSampleSale, long LastSalesImport,
    long LastImport, long? ModelId, long? ModelImport, DateTimeOffset? TrainedAt, TimeSpan? TrainedIn)
{
    /// <summary>From this many real sales on a market stands on them alone: invented and real ones are never mixed.</summary>
    public const int EnoughRealSales = 200;

    public bool IsSample => RealSales < EnoughRealSales;

    public string Label => IsSample ? "sample" : Market == "dubai" ? "dld" : "imported";
}

/// <summary>Reads evidence, reads and writes models; always under the system's role, which writes the reference data.</summary>
internal sealed class MarketStore(DataSources sources)
{
    public async Task<List<MarketState>> StatesAsync(CancellationToken ct)
    {
        const string sql =
            """
            select s.market, s.real_sales, s.sample_sales, s.last_sample, s.last_sales, s.last_import, m.id, m.last_import, m.trained_at,
                   m.trained_in
            from (select market, count(*) filter (where not sample) real_sales, count(*) filter (where sample) sample_sales,
                         max(sold_on) filter (where sample) last_sample, max(import_id) last_sales,
                         greatest(max(import_id), coalesce((select max(import_id) from market.rents r where r.market = sales.market),
                             0)) last_import
                  from market.sales where set_aside = 'none' group by market) s
            left join lateral (select id, last_import, trained_at, trained_in from market.models where models.market = s.market
                order by id desc limit 1) m on true
            """;
        var states = new List<MarketState>();
        await using var command = sources.System.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            states.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
                row.GetInt64(4), row.GetInt64(5),
                row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7),
                row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8), row.IsDBNull(9) ? null : row.GetTimeSpan(9)));
        return states;
    }

    /// <summary>The newest model of each market: what a host compares its own with.</summary>
    public async Task<Dictionary<string, long>> NewestModelsAsync(CancellationToken ct)
    {
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = sources.System.CreateCommand("select market, max(id) from market.models group by market");
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) newest[row.GetString(0)] = row.GetInt64(1);
        return newest;
    }

    public async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("select not exists (select from market.sales)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Arm's-length sales since a day, real or invented ones; a block sold at one rate counts once.</summary>
    public async Task<List<Sale>> SalesAsync(string market, bool sample, DateOnly since, CancellationToken ct)
    {
        var sales = new List<Sale>();
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = sources.System.CreateCommand(
            $"select {MarketRows.SaleColumns} from market.sales "
                + "where market = $1 and sample = $2 and sold_on >= $3 and set_aside = 'none' order by sold_on, transaction_number");
        command.CommandTimeout = 0;
        foreach (var value in (object[])[market, sample, since]) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) sales.Add(MarketRows.ReadSale(row, Pooled));
        return BulkDeals.Marked(sales);

        string Pooled(string text) => pool.TryGetValue(text, out var known) ? known : pool[text] = text;
    }

    public async Task<RentEstimator> RentsAsync(string market, bool sample, DateOnly since, DateOnly until, CancellationToken ct)
    {
        var rents = new List<RentContract>();
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = sources.System.CreateCommand(
            $"select {MarketRows.RentColumns} from market.rents "
                + "where market = $1 and sample = $2 and registered_on >= $3 and set_aside is null and usage = 'Residential'");
        command.CommandTimeout = 0;
        foreach (var value in (object[])[market, sample, since]) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            rents.Add(MarketRows.ReadRent(row, text => pool.TryGetValue(text, out var known) ? known : pool[text] = text));
        return new RentEstimator(rents, until);
    }

    public async Task<long> AddModelAsync(MarketState state, ValuationEngine engine, TimeSpan trainedIn, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(
            """
            with added as (
                insert into market.models (market, market_data, as_of, sales, last_import, summary, bytes, trained_in)
                    values ($1, $2, $3, $4, $5, $6, $7, $8) returning id),
            old as (delete from market.models where market = $1
                and id in (select id from market.models where market = $1 order by id desc offset 5))
            select id from added
            """);
        command.CommandTimeout = 0;
        foreach (var value in (object[])[state.Market, state.Label, engine.AsOf, engine.Summary.Sales, state.LastImport])
            command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(engine.Summary, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = engine.Save() });
        command.Parameters.Add(new() { Value = trainedIn });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The newest model as a version of its own: hosts that take it up read sales and rents anew.</summary>
    public async Task<long> AddModelAgainAsync(MarketState state, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(
            """
            insert into market.models (market, market_data, as_of, sales, last_import, summary, bytes, trained_in, trained_at)
            select market, market_data, as_of, sales, $2, summary, bytes, trained_in, trained_at from market.models where id = $1
            returning id
            """);
        command.CommandTimeout = 0;
        foreach (var value in (object[])[state.ModelId!.Value, state.LastImport]) command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task RemoveModelAsync(long id, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("delete from market.models where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<StoredModel?> ModelAsync(string market, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(
            "select id, market_data, bytes, trained_at from market.models where market = $1 order by id desc limit 1");
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = market });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<DateTimeOffset>(3)) : null;
    }
}

internal sealed record StoredModel(long Id, string Label, byte[] Bytes, DateTimeOffset TrainedAt);
