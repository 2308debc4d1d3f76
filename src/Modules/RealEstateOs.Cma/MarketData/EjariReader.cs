using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RealEstateOs.Cma.MarketData;

/// <summary>One line of a rent file: a contract, or why it was refused.</summary>
public readonly record struct RentRow(int Line, RentContract? Contract, string? Refusal);

/// <summary>Streams Ejari contracts, a JSON object a line, plain or gzipped.</summary>
public static class EjariReader
{
    public static async IAsyncEnumerable<RentRow> Read(Stream stream, DateOnly today, AreaNames? areas = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        areas ??= AreaNames.Default;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var buffered = new BufferedStream(stream, 1 << 16);
        using var reader = new StreamReader(await IsGzip(buffered, ct) ? new GZipStream(buffered, CompressionMode.Decompress) : buffered);
        for (var line = 1; await reader.ReadLineAsync(ct) is { } text; line++)
            if (!string.IsNullOrWhiteSpace(text))
                yield return Parse(line, text, today, areas, names);
    }

    public static async Task<List<RentContract>> ReadAll(string path, DateOnly today, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(path);
        var contracts = new List<RentContract>();
        await foreach (var row in Read(stream, today, ct: ct))
            if (row.Contract is { } contract) contracts.Add(contract);
        return contracts;
    }

    private static async Task<bool> IsGzip(Stream stream, CancellationToken ct)
    {
        if (!stream.CanSeek) return true;
        var magic = new byte[2];
        var read = await stream.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, ct);
        stream.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
    }

    private static RentRow Parse(int line, string text, DateOnly today, AreaNames areas, Dictionary<string, string> names)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return new(line, null, "The line is no JSON object.");
        }
        using (document)
        {
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object) return new(line, null, "The line is no JSON object.");
            if (FieldText.Date(Text(row, "REGISTRATION_DATE") ?? Text(row, "START_DATE")) is not { } registered) return new(line, null, "The registration date can't be read.");
            if (Figure(row, "ANNUAL_AMOUNT") is not { } rent || Math.Abs(rent) > 1e12) return new(line, null, "The annual rent is missing.");
            if (Text(row, "AREA_EN") is not { } published) return new(line, null, "The area is missing.");
            if (!names.TryGetValue(published, out var area)) names[published] = area = areas.Canonical(published);
            var contract = new RentContract
            {
                Market = "dubai",
                Currency = "AED",
                RegisteredOn = registered,
                StartsOn = FieldText.Date(Text(row, "START_DATE")),
                EndsOn = FieldText.Date(Text(row, "END_DATE")),
                Renewal = Text(row, "VERSION_EN")?.StartsWith("Renew", StringComparison.OrdinalIgnoreCase) == true,
                Area = area,
                Project = Text(row, "PROJECT_EN"),
                Kind = KindOf(Text(row, "PROP_TYPE_EN"), Text(row, "PROP_SUB_TYPE_EN")),
                Usage = Text(row, "USAGE_EN") ?? "Residential",
                Bedrooms = FieldText.Bedrooms(Text(row, "ROOMS")),
                SizeSqm = Figure(row, "ACTUAL_AREA") ?? 0,
                AnnualRent = (decimal)rent,
            };
            return new(line, contract with { SetAside = Judge(contract, today) }, null);
        }
    }

    /// <summary>Bounds that no home's rent leaves, and contracts for anything but about a year.</summary>
    private static string? Judge(RentContract contract, DateOnly today)
    {
        if (contract.RegisteredOn > today) return "registered in the future";
        if (contract.AnnualRent is < 5_000 or > 20_000_000) return "implausible rent";
        if (contract.SizeSqm is < 8 or > 5_000) return "implausible size";
        if ((double)contract.AnnualRent / contract.SizeSqm is < 60 or > 15_000) return "implausible rent per square metre";
        return contract is { StartsOn: { } start, EndsOn: { } end } && end.DayNumber - start.DayNumber is < 300 or > 430 ? "not a contract for a year" : null;
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => FieldText.Text(value.GetString()),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;

    private static double? Figure(JsonElement row, string name) => FieldText.Number(Text(row, name));

    private static PropertyKind KindOf(string? type, string? subType) => subType?.ToUpperInvariant() switch
    {
        "FLAT" or "STUDIO" or "PENTHOUSE" or "APARTMENT" or "DUPLEX" => PropertyKind.Flat,
        "VILLA" or "TOWN HOUSE" or "TOWNHOUSE" => PropertyKind.Villa,
        "HOTEL APARTMENT" or "HOTEL" => PropertyKind.HotelApartment,
        "OFFICE" => PropertyKind.Office,
        "SHOP" => PropertyKind.Shop,
        _ => type?.ToUpperInvariant() switch { "VILLA" => PropertyKind.Villa, "LAND" => PropertyKind.Land, _ => PropertyKind.Other },
    };
}
