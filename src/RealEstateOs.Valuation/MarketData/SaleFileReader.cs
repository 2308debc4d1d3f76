using System.Runtime.CompilerServices;
using CsvHelper;
using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>How a file of sales is to be read.</summary>
internal sealed record SaleFileOptions
{
    /// <summary>Market of rows in the generic layout; the land department's layouts are always <c>dubai</c>, AED.</summary>
    public string Market { get; init; } = "generic";
    public string Currency { get; init; } = "USD";
    /// <summary>
    /// What stands before the fraction in the generic layout; unsaid, an amount that could be meant in two ways refuses its row.
    /// </summary>
    public DecimalMark Decimals { get; init; }
    /// <summary>What comes first in 03/04/2026 in the generic layout; unsaid, such a date refuses its row.</summary>
    public DateParts Dates { get; init; }
    /// <summary>Sales after this day are set aside.</summary>
    public required DateOnly Today { get; init; }
    public AreaNames Areas { get; init; } = AreaNames.Default;
    public ArmsLengthRules? Rules { get; init; }
}

/// <summary>
/// One record of a file: a sale, or the reason why it was refused. <paramref name="Line"/> is the physical line it starts on.
/// </summary>
internal readonly record struct SaleRow(int Line, Sale? Sale, string? Refusal);

/// <summary>
/// Streams sales out of any of the known layouts, a row at a time, whatever the length of the file. Byte-order mark, quoted line breaks and
/// three date formats are understood; duplicates are the caller's (<see cref="SeenTransactions"/>, or an upsert by transaction number).
/// </summary>
internal static class SaleFileReader
{
    // A record of more than a megabyte is an unclosed quote, not a sale.
    private static readonly CsvReaderOptions Options = new() { TrackLineNumbers = true, PoolStrings = true, MaxRecordSize = 1 << 20 };

    public static async IAsyncEnumerable<SaleRow> Read(Stream stream, SaleFileOptions options,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var columns = new SaleColumns([.. csv.Headers]);
        if (columns.Missing is { Count: > 0 } missing)
        {
            yield return new(1, null, $"The header has no column for {string.Join(", ", missing)}.");
            yield break;
        }
        var parser = new SaleRowParser(columns, options);
        while (await csv.ReadAsync(ct))
            yield return parser.Parse((int)csv.LineNumber, csv);
    }

    /// <summary>Reads a whole file into memory, without duplicates: for benches and tests.</summary>
    public static async Task<List<Sale>> ReadAll(string path, SaleFileOptions options, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(path);
        var seen = new SeenTransactions();
        var sales = new List<Sale>();
        await foreach (var row in Read(stream, options, ct))
            if (row.Sale is { } sale && seen.IsNew(sale.TransactionNumber))
                sales.Add(sale);
        return sales;
    }
}

/// <summary>Which transaction numbers a run has met, at eight bytes each: a million fit in some thirty megabytes.</summary>
internal sealed class SeenTransactions
{
    private readonly HashSet<ulong> _hashes = [];

    public bool IsNew(string transactionNumber)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in transactionNumber)
            hash = (hash ^ c) * 1099511628211UL;
        return _hashes.Add(hash);
    }
}
