using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Market;

/// <summary>A sale's and a tenancy's columns in one fixed order, written by COPY and read back.</summary>
internal static class MarketRows
{
    public const string SaleColumns =
        "market, transaction_number, property_number, currency, sold_on, area, area_as_published, project, master_project, building, "
        + "nearest_metro, kind, property_type, sub_type, usage, bedrooms, rooms, off_plan, free_hold, procedure, sale_kind, price, "
        + "size_sqm, latitude, longitude, traits, set_aside, sample, import_id";

    public const string RentColumns =
        "market, key, currency, registered_on, starts_on, ends_on, renewal, area, project, kind, usage, bedrooms, size_sqm, "
        + "annual_rent, set_aside, sample, import_id";

    public static async Task WriteAsync(NpgsqlBinaryImporter to, int line, Sale sale, bool sample, long import, CancellationToken ct)
    {
        await to.StartRowAsync(ct);
        await to.WriteAsync(line, NpgsqlDbType.Integer, ct);
        await to.WriteAsync(sale.Market, NpgsqlDbType.Text, ct);
        await to.WriteAsync(sale.TransactionNumber, NpgsqlDbType.Text, ct);
        await TextAsync(to, sale.PropertyNumber, ct);
        await to.WriteAsync(sale.Currency, NpgsqlDbType.Text, ct);
        await to.WriteAsync(sale.Date, NpgsqlDbType.Date, ct);
        await to.WriteAsync(sale.Area, NpgsqlDbType.Text, ct);
        await TextAsync(to, sale.AreaAsPublished, ct);
        await TextAsync(to, sale.Project, ct);
        await TextAsync(to, sale.MasterProject, ct);
        await TextAsync(to, sale.Building, ct);
        await TextAsync(to, sale.NearestMetro, ct);
        await to.WriteAsync(Vocabulary.Word(sale.Kind), NpgsqlDbType.Text, ct);
        await TextAsync(to, sale.PropertyType, ct);
        await TextAsync(to, sale.SubType, ct);
        await to.WriteAsync(sale.Usage, NpgsqlDbType.Text, ct);
        await ValueAsync(to, sale.Bedrooms, NpgsqlDbType.Integer, ct);
        await TextAsync(to, sale.Rooms, ct);
        await to.WriteAsync(sale.OffPlan, NpgsqlDbType.Boolean, ct);
        await ValueAsync(to, sale.FreeHold, NpgsqlDbType.Boolean, ct);
        await TextAsync(to, sale.Procedure, ct);
        await to.WriteAsync(Vocabulary.Word(sale.SaleKind), NpgsqlDbType.Text, ct);
        await to.WriteAsync(sale.Price, NpgsqlDbType.Numeric, ct);
        await to.WriteAsync(sale.SizeSqm, NpgsqlDbType.Double, ct);
        await ValueAsync(to, sale.Latitude, NpgsqlDbType.Double, ct);
        await ValueAsync(to, sale.Longitude, NpgsqlDbType.Double, ct);
        if (sale.Traits is { } traits) await to.WriteAsync(TraitArray.Of(traits), NpgsqlDbType.Array | NpgsqlDbType.Real, ct);
        else await to.WriteNullAsync(ct);
        await to.WriteAsync(Vocabulary.Word(sale.SetAside), NpgsqlDbType.Text, ct);
        await to.WriteAsync(sample, NpgsqlDbType.Boolean, ct);
        await to.WriteAsync(import, NpgsqlDbType.Bigint, ct);
    }

    public static async Task WriteAsync(NpgsqlBinaryImporter to, string key, RentContract rent, bool sample, long import,
        CancellationToken ct)
    {
        await to.StartRowAsync(ct);
        await to.WriteAsync(rent.Market, NpgsqlDbType.Text, ct);
        await to.WriteAsync(key, NpgsqlDbType.Text, ct);
        await to.WriteAsync(rent.Currency, NpgsqlDbType.Text, ct);
        await to.WriteAsync(rent.RegisteredOn, NpgsqlDbType.Date, ct);
        await ValueAsync(to, rent.StartsOn, NpgsqlDbType.Date, ct);
        await ValueAsync(to, rent.EndsOn, NpgsqlDbType.Date, ct);
        await to.WriteAsync(rent.Renewal, NpgsqlDbType.Boolean, ct);
        await to.WriteAsync(rent.Area, NpgsqlDbType.Text, ct);
        await TextAsync(to, rent.Project, ct);
        await to.WriteAsync(Vocabulary.Word(rent.Kind), NpgsqlDbType.Text, ct);
        await to.WriteAsync(rent.Usage, NpgsqlDbType.Text, ct);
        await ValueAsync(to, rent.Bedrooms, NpgsqlDbType.Integer, ct);
        await to.WriteAsync(rent.SizeSqm, NpgsqlDbType.Double, ct);
        await to.WriteAsync(rent.AnnualRent, NpgsqlDbType.Numeric, ct);
        await TextAsync(to, rent.SetAside, ct);
        await to.WriteAsync(sample, NpgsqlDbType.Boolean, ct);
        await to.WriteAsync(import, NpgsqlDbType.Bigint, ct);
    }

    public static Sale ReadSale(NpgsqlDataReader row, Func<string, string> pooled) => new()
    {
        Market = pooled(row.GetString(0)),
        TransactionNumber = row.GetString(1),
        PropertyNumber = Text(row, 2),
        Currency = pooled(row.GetString(3)),
        Date = row.GetFieldValue<DateOnly>(4),
        Area = pooled(row.GetString(5)),
        Project = Text(row, 7) is { } project ? pooled(project) : null,
        MasterProject = Text(row, 8) is { } master ? pooled(master) : null,
        Building = Text(row, 9) is { } building ? pooled(building) : null,
        Kind = Word<PropertyKind>(row.GetString(11)),
        Usage = pooled(row.GetString(14)),
        Bedrooms = row.IsDBNull(15) ? null : row.GetInt32(15),
        OffPlan = row.GetBoolean(17),
        FreeHold = row.IsDBNull(18) ? null : row.GetBoolean(18),
        Procedure = Text(row, 19) is { } procedure ? pooled(procedure) : null,
        SaleKind = Word<SaleKind>(row.GetString(20)),
        Price = row.GetDecimal(21),
        SizeSqm = row.GetDouble(22),
        Latitude = row.IsDBNull(23) ? null : row.GetDouble(23),
        Longitude = row.IsDBNull(24) ? null : row.GetDouble(24),
        Traits = row.IsDBNull(25) ? null : TraitArray.Read(row.GetFieldValue<float[]>(25)),
        SetAside = Word<SetAsideReason>(row.GetString(26)),
    };

    public static RentContract ReadRent(NpgsqlDataReader row, Func<string, string> pooled) => new()
    {
        Market = pooled(row.GetString(0)),
        Currency = pooled(row.GetString(2)),
        RegisteredOn = row.GetFieldValue<DateOnly>(3),
        Renewal = row.GetBoolean(6),
        Area = pooled(row.GetString(7)),
        Project = Text(row, 8) is { } project ? pooled(project) : null,
        Kind = Word<PropertyKind>(row.GetString(9)),
        Usage = pooled(row.GetString(10)),
        Bedrooms = row.IsDBNull(11) ? null : row.GetInt32(11),
        SizeSqm = row.GetDouble(12),
        AnnualRent = row.GetDecimal(13),
    };

    private static Task TextAsync(NpgsqlBinaryImporter to, string? value, CancellationToken ct) =>
        value is null ? to.WriteNullAsync(ct) : to.WriteAsync(value, NpgsqlDbType.Text, ct);

    private static Task ValueAsync<T>(NpgsqlBinaryImporter to, T? value, NpgsqlDbType type, CancellationToken ct) where T : struct =>
        value is { } known ? to.WriteAsync(known, type, ct) : to.WriteNullAsync(ct);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T Word<T>(string word) where T : struct, Enum =>
        Vocabulary.TryRead<T>(word, out var value) ? value : throw new InvalidDataException($"'{word}' is no {typeof(T).Name}.");
}

/// <summary>A home's traits as an array, in the order of their declaration; NaN for unknown.</summary>
internal static class TraitArray
{
    public static float[] Of(HomeTraits t) =>
        [t.Bathrooms, t.Floors, t.LotSqm, t.AboveGroundSqm, t.Waterfront, t.View, t.Condition, t.Grade, t.YearBuilt, t.YearRenovated,
            t.NeighbourSizeSqm, t.NeighbourLotSqm];

    public static HomeTraits Read(float[] v) => new()
    {
        Bathrooms = v[0], Floors = v[1], LotSqm = v[2], AboveGroundSqm = v[3], Waterfront = v[4], View = v[5], Condition = v[6],
        Grade = v[7],
        YearBuilt = v[8], YearRenovated = v[9], NeighbourSizeSqm = v[10], NeighbourLotSqm = v[11],
    };
}
