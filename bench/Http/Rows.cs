using System.Globalization;

namespace RealEstateOs.Bench.Http;

/// <summary>One kind of request: as the product and the bare endpoint get it, and as a script of pgbench.</summary>
internal sealed record Row(string Name, Func<Uri, string, string?, long[], Random, byte[]> Request, Func<long, long[], string> Script);

internal static class Rows
{
    private static readonly string Described = string.Concat(
        Enumerable.Repeat("A listing with a granite kitchen close to schools, shops and transit. ", 5));

    public static readonly Row[] All =
    [
        new("read one",
            (server, root, token, ids, r) => Load.Request(server, "GET", $"{root}/properties/{Any(ids, r)}", token),
            (office, ids) =>
                $"\\set n {ids[0]} + 2 * random(0, {ids.Length - 1})\nselect {BareEndpoint.Columns.ReplaceLineEndings(" ")} from "
                    + $"properties.properties where organization_id = {office} and deleted_at is null and id = :n;"),
        new("list 50 by city and price, with total",
            (server, root, token, _, r) =>
            {
                var least = 100_000 + 10_000 * r.Next(21);
                return Load.Request(server, "GET",
                    $"{root}/properties?city={Any(Town.Cities, r)}&min_price={least}&max_price={least + 250_000}&limit=50", token);
            },
            (office, _) => $"\\set c random(1, {Town.Cities.Length})\n\\set least 100000 + 10000 * random(0, 20)\n"
                + Both(office, $"city = ({Array(Town.Cities)})[:c] and price >= :least and price <= :least + 250000")),
        new("search two words, with total",
            (server, root, token, _, r) =>
                Load.Request(server, "GET", $"{root}/properties?search={Any(Town.Streets, r)}%20{Any(Town.Features, r)}&limit=50", token),
            (office, _) => $"\\set a random(1, {Town.Streets.Length})\n\\set b random(1, {Town.Features.Length})\n"
                + Both(office,
                    $"search_vector @@ to_tsquery('simple', ({Array(Town.Streets)})[:a] || ' & ' || ({Array(Town.Features)})[:b])")),
        new("create",
            (server, root, token, _, r) => Load.Request(server, "POST", $"{root}/properties", token,
                string.Create(CultureInfo.InvariantCulture,
                    $$"""{"address": "{{r.NextInt64():x}} Maple Street", "city": "Austin", "property_type": "villa", "price": {{r.Next(80_000, 900_000)}}, "bedrooms": 3, "description": "{{Described}}", "owner_name": "Alex Abbott"}""")),
            (office, _) =>
                $"""
                 \set p random(80000, 900000)
                 insert into properties.properties (organization_id, address, city, property_type, status, price, currency, bedrooms, description, features, amenities, tags, owner_name, current_stage, stage_changed_at, has_memo, has_reply, created_at, updated_at) values ({office}, :p || ' Maple Street', 'Austin', 'villa', 'available', :p, 'USD', 3, '{Described}', array[]::text[], array[]::text[], array[]::text[], 'Alex Abbott', 'new', now(), false, false, now(), now()) returning {BareEndpoint.Columns.ReplaceLineEndings(" ")};
                 """),
        new("update",
            (server, root, token, ids, r) => Load.Request(server, "PATCH", $"{root}/properties/{Any(ids, r)}", token,
                string.Create(CultureInfo.InvariantCulture, $$"""{"price": {{r.Next(80_000, 900_000)}}}""")),
            (office, ids) =>
                $"\\set n {ids[0]} + 2 * random(0, {ids.Length - 1})\n\\set p random(80000, 900000)\nupdate properties.properties set "
                    + $"price = :p, updated_at = now() where organization_id = {office} and id = :n and deleted_at is null "
                    + $"returning {BareEndpoint.Columns.ReplaceLineEndings(" ")};"),
    ];

    private static string Both(long office, string condition)
    {
        var of = $"from properties.properties where organization_id = {office} and deleted_at is null and {condition}";
        return $"select count(*) {of};\nselect {BareEndpoint.Columns.ReplaceLineEndings(" ")} {of} "
            + "order by created_at desc, id desc limit 50;";
    }

    private static string Array(string[] words) => $"array[{string.Join(", ", words.Select(w => $"'{w}'"))}]";

    private static T Any<T>(T[] from, Random random) => from[random.Next(from.Length)];
}
