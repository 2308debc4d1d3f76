using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Market;

/// <summary>What came of a file.</summary>
internal sealed record ImportReport
{
    public long Id { get; init; }
    public long RowsRead { get; set; }
    public long Inserted { get; set; }
    public long Updated { get; set; }
    public long Duplicates { get; set; }
    public long Refused { get; set; }
    public List<Refusal> Refusals { get; } = [];
    public SortedDictionary<string, long> SetAside { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows that a second look set aside for another reason than the first, or for the first time.</summary>
    public void Reword(string was, string reason, long rows)
    {
        SetAside[reason] = SetAside.GetValueOrDefault(reason) + rows;
        if (SetAside.TryGetValue(was, out var before) && (SetAside[was] = Math.Max(0, before - rows)) == 0) SetAside.Remove(was);
    }
}

internal sealed record Refusal(int Line, string Reason);

/// <summary>
/// Brings files into a market: streamed row by row into a staging table by COPY, then merged by transaction number in one
/// transaction. Memory stays flat; a file that breaks half-way changes nothing.
/// </summary>
internal sealed class MarketImport(DataSources sources, TimeProvider clock)
{
    public const int KeptRefusals = 200;
    private const int BetweenReports = 20_000;

    /// <summary>Sales of any known layout; the last row of a transaction number wins.</summary>
    public Task<ImportReport> SalesAsync(
        Stream file, string source, SaleFileOptions options, Func<ImportReport, Task>? progress, CancellationToken ct) =>
        RunAsync("sales", source, async (connection, report) =>
        {
            await ExecuteAsync(connection, "create temp table incoming (line int, like market.sales) on commit drop", ct);
            await using (var copy = await connection.BeginBinaryImportAsync(
                $"copy incoming (line, {MarketRows.SaleColumns}) from stdin (format binary)", ct))
            {
                await foreach (var row in SaleFileReader.Read(file, options, ct))
                {
                    await CountAsync(report, row.Line, row.Refusal, row.Sale?.SetAside, progress);
                    if (row.Sale is { } sale) await MarketRows.WriteAsync(copy, row.Line, sale, sample: false, report.Id, ct);
                }
                await copy.CompleteAsync(ct);
            }
            await MergeSalesAsync(connection, report, ct);
            await SetSharesAsideAsync(connection, report, ct);
        }, ct);

    /// <summary>Ejari contracts, JSON lines or CSV. The same file twice adds nothing.</summary>
    public Task<ImportReport> RentsAsync(Stream file, string source, Func<ImportReport, Task>? progress, CancellationToken ct) =>
        RunAsync("rents", source, async (connection, report) =>
        {
            await ExecuteAsync(connection, "create temp table incoming (like market.rents) on commit drop", ct);
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var keys = new RentKeys();
            await using (var copy = await BeginRentsAsync(connection, ct))
            {
                await foreach (var row in EjariReader.Read(file, today, ct: ct))
                {
                    await CountAsync(report, row.Line, row.Refusal, null, progress);
                    if (row.Contract is not { } rent) continue;
                    if (rent.SetAside is { } reason) report.SetAside[reason] = report.SetAside.GetValueOrDefault(reason) + 1;
                    await MarketRows.WriteAsync(copy, keys.Of(rent), rent, sample: false, report.Id, ct);
                }
                await copy.CompleteAsync(ct);
            }
            await MergeRentsAsync(connection, report, ct);
        }, ct);

    /// <summary>The invented market.</summary>
    public async Task SampleAsync(IReadOnlyList<Sale> sales, IReadOnlyList<RentContract> rents, CancellationToken ct)
    {
        await RunAsync("sales", "sample", async (connection, report) =>
        {
            await ExecuteAsync(connection,
                "delete from market.sales where sample; create temp table incoming (line int, like market.sales) on commit drop", ct);
            await using (var copy = await connection.BeginBinaryImportAsync(
                $"copy incoming (line, {MarketRows.SaleColumns}) from stdin (format binary)", ct))
            {
                for (var i = 0; i < sales.Count; i++) await MarketRows.WriteAsync(copy, i, sales[i], sample: true, report.Id, ct);
                await copy.CompleteAsync(ct);
            }
            report.RowsRead = sales.Count;
            await MergeSalesAsync(connection, report, ct);
        }, ct);
        await RunAsync("rents", "sample", async (connection, report) =>
        {
            await ExecuteAsync(connection,
                "delete from market.rents where sample; create temp table incoming (like market.rents) on commit drop", ct);
            var keys = new RentKeys();
            await using (var copy = await BeginRentsAsync(connection, ct))
            {
                foreach (var rent in rents) await MarketRows.WriteAsync(copy, "sample-" + keys.Of(rent), rent, sample: true, report.Id, ct);
                await copy.CompleteAsync(ct);
            }
            report.RowsRead = rents.Count;
            await MergeRentsAsync(connection, report, ct);
        }, ct);
    }

    private async Task<ImportReport> RunAsync(string kind, string source, Func<NpgsqlConnection, ImportReport, Task> load,
        CancellationToken ct)
    {
        var report = new ImportReport { Id = await StartAsync(kind, source, ct) };
        try
        {
            await using var connection = await sources.System.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await load(connection, report);
            await FinishAsync(connection, report, ct);
            await transaction.CommitAsync(ct);
            return report;
        }
        catch (Exception exception)
        {
            await using var failed = sources.System.CreateCommand(
                "update market.imports set state = 'failed', error = $2, rows_read = $3, finished_at = now() where id = $1");
            failed.Parameters.Add(new() { Value = report.Id });
            failed.Parameters.Add(new() { Value = exception.Message });
            failed.Parameters.Add(new() { Value = report.RowsRead });
            await failed.ExecuteNonQueryAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task CountAsync(ImportReport report, int line, string? refusal, SetAsideReason? setAside,
        Func<ImportReport, Task>? progress)
    {
        report.RowsRead++;
        if (refusal is not null)
        {
            report.Refused++;
            if (report.Refusals.Count < KeptRefusals) report.Refusals.Add(new(line, refusal));
        }
        if (setAside is { } reason and not SetAsideReason.None)
        {
            var word = Vocabulary.Word(reason);
            report.SetAside[word] = report.SetAside.GetValueOrDefault(word) + 1;
        }
        if (report.RowsRead % BetweenReports != 0) return;
        await using var command = sources.System.CreateCommand("update market.imports set rows_read = $2, refused = $3 where id = $1");
        command.Parameters.Add(new() { Value = report.Id });
        command.Parameters.Add(new() { Value = report.RowsRead });
        command.Parameters.Add(new() { Value = report.Refused });
        await command.ExecuteNonQueryAsync();
        if (progress is not null) await progress(report);
    }

    private static async Task MergeSalesAsync(NpgsqlConnection connection, ImportReport report, CancellationToken ct)
    {
        var set = string.Join(", ", MarketRows.SaleColumns.Split(", ").Skip(2).Select(c => $"{c} = excluded.{c}"));
        await MergeAsync(connection, report,
            $"""
            with merged as (
                insert into market.sales ({MarketRows.SaleColumns})
                select distinct on (market, transaction_number) {MarketRows.SaleColumns} from incoming order by market, transaction_number,
                    line desc
                on conflict (market, transaction_number) do update set {set}
                returning xmax = 0 as fresh)
            select count(*) filter (where fresh), count(*) filter (where not fresh), (select count(*) from incoming) from merged
            """, ct);
    }

    /// <summary>
    /// Judges the whole of each market that the file brought sales of: earlier files are evidence for later ones, and a file may bring what
    /// lies before.
    /// </summary>
    private static async Task SetSharesAsideAsync(NpgsqlConnection connection, ImportReport report, CancellationToken ct)
    {
        var shares = new List<(string Market, string Number)>();
        await using (var sales = new NpgsqlCommand(
            $"""
            select {MarketRows.SaleColumns} from market.sales
            where market in (select distinct market from incoming) and not sample
                and set_aside in ('none', 'implausible_price', 'implausible_price_per_sqm')
            order by market, sold_on
            """, connection) { CommandTimeout = 0 })
        await using (var row = await sales.ExecuteReaderAsync(ct))
        {
            var (judge, market, names) = (new UndeclaredShares(), "", new Dictionary<string, string>(StringComparer.Ordinal));
            while (await row.ReadAsync(ct))
            {
                var sale = MarketRows.ReadSale(row, text => names.TryGetValue(text, out var name) ? name : names[text] = text);
                if (sale.Market != market) (judge, market) = (new(), sale.Market);
                if (UndeclaredShares.IsJudged(sale) && judge.IsShare(sale)) shares.Add((sale.Market, sale.TransactionNumber));
            }
        }
        await using var mark = new NpgsqlCommand(
            """
            with marked as (
                update market.sales s set set_aside = 'undeclared_share' from unnest($1, $2) as share(market, number), market.sales before
                where s.market = share.market and s.transaction_number = share.number and before.market = s.market
                    and before.transaction_number = s.transaction_number
                returning s.import_id, before.set_aside as was)
            select was, count(*) from marked where import_id = $3 group by was
            """, connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = shares.Select(s => s.Market).ToArray() },
                new() { Value = shares.Select(s => s.Number).ToArray() }, new() { Value = report.Id } },
        };
        await using var found = await mark.ExecuteReaderAsync(ct);
        while (await found.ReadAsync(ct))
            report.Reword(found.GetString(0), Vocabulary.Word(SetAsideReason.UndeclaredShare), found.GetInt64(1));
    }

    private static async Task MergeRentsAsync(NpgsqlConnection connection, ImportReport report, CancellationToken ct) =>
        await MergeAsync(connection, report,
        $"""
        with merged as (
            insert into market.rents ({MarketRows.RentColumns}) select {MarketRows.RentColumns} from incoming
            on conflict (market, key) do update set import_id = excluded.import_id
            returning xmax = 0 as fresh)
        select count(*) filter (where fresh), count(*) filter (where not fresh), (select count(*) from incoming) from merged
        """, ct);

    private static async Task MergeAsync(NpgsqlConnection connection, ImportReport report, string sql, CancellationToken ct)
    {
        await using var merge = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await merge.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        (report.Inserted, report.Updated) = (reader.GetInt64(0), reader.GetInt64(1));
        report.Duplicates = reader.GetInt64(2) - report.Inserted - report.Updated;
    }

    private async Task<long> StartAsync(string kind, string source, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("insert into market.imports (kind, source) values ($1, $2) returning id");
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = source });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task FinishAsync(NpgsqlConnection connection, ImportReport report, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            update market.imports set state = 'completed', finished_at = now(), rows_read = $2, inserted = $3, updated = $4,
                duplicates = $5, refused = $6, refusals = $7, set_aside = $8
            where id = $1
            """, connection)
        {
            Parameters =
            {
                new() { Value = report.Id }, new() { Value = report.RowsRead }, new() { Value = report.Inserted },
                new() { Value = report.Updated }, new() { Value = report.Duplicates }, new() { Value = report.Refused },
                new() { Value = JsonSerializer.Serialize(report.Refusals, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = JsonSerializer.Serialize(report.SetAside, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Task<NpgsqlBinaryImporter> BeginRentsAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.BeginBinaryImportAsync($"copy incoming ({MarketRows.RentColumns}) from stdin (format binary)", ct);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Keys of contracts that have no number: what they say, and how many said just that before.</summary>
internal sealed class RentKeys
{
    private readonly Dictionary<ulong, int> seen = [];

    public string Of(RentContract r)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{r.RegisteredOn:yyyyMMdd}|{r.StartsOn:yyyyMMdd}|{r.EndsOn:yyyyMMdd}|{r.Renewal}|{r.Area}|{r.Project}|"
                + $"{r.Kind}|{r.Usage}|{r.Bedrooms}|{r.SizeSqm:R}|{r.AnnualRent}");
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
        var number = seen[BitConverter.ToUInt64(hash)] = seen.GetValueOrDefault(BitConverter.ToUInt64(hash)) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}-{number}");
    }
}
