using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace RealEstateOs.Bench.Http;

/// <summary>
/// The same rows by the same SQL in the same framework, and nothing else: raw Npgsql, no authentication, validation, tenant wall, audit,
/// event, ETag or idempotency.
/// </summary>
internal sealed class BareEndpoint(NpgsqlDataSource source, long office) : IAsyncDisposable
{
    public const string Columns =
        """
        id, organization_id, address, city, state, zip_code, country, latitude, longitude, property_type, status, price,
        estimated_value, currency, bedrooms, bathrooms, square_feet, lot_size, year_built,
        description, features, amenities, tags, owner_name, owner_phone, owner_email, bird_dog_score,
        current_stage, stage_changed_at, team_id, assigned_user_id, external_id, metadata, has_memo, has_reply, last_contact_at,
        permit_number, permit_expires_on, community, building, developer, completion_status, created_by, created_at, updated_at
        """;

    private const string Living = "from properties.properties where organization_id = $1 and deleted_at is null";

    private WebApplication? app;

    public Uri Address => new(app!.Urls.First());

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/properties/{id:long}",
            (HttpContext http, long id) => OneAsync(http, $"select {Columns} {Living} and id = $2", 200, office, id));
        app.MapGet("/properties", (HttpContext http, string? city, decimal? min_price, decimal? max_price, string? search) => search is null
            ? ListAsync(http, "city = $2 and price >= $3 and price <= $4", office, city!, min_price!, max_price!)
            : ListAsync(http, "search_vector @@ to_tsquery('simple', $2)", office,
                search.Replace(" ", " & ", StringComparison.Ordinal).ToLowerInvariant()));
        app.MapPost("/properties", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            string Text(string member) => body.RootElement.GetProperty(member).GetString()!;
            await OneAsync(http,
                $"""
                 insert into properties.properties (organization_id, address, city, property_type, status, price, currency,
                     bedrooms, description, features, amenities, tags, owner_name, current_stage, stage_changed_at,
                     has_memo, has_reply, created_at, updated_at)
                 values ($1, $2, $3, $4, 'available', $5, 'USD', $6, $7, '{"{}"}', '{"{}"}', '{"{}"}', $8, 'new', now(), false, false,
                     now(), now()) returning {Columns}
                 """, 201, office, Text("address"), Text("city"), Text("property_type"), body.RootElement.GetProperty("price").GetDecimal(),
                 body.RootElement.GetProperty("bedrooms").GetInt32(),
                Text("description"), Text("owner_name"));
        });
        app.MapPatch("/properties/{id:long}", async (HttpContext http, long id) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            await OneAsync(http,
                "update properties.properties set price = $3, updated_at = now() "
                    + $"where organization_id = $1 and id = $2 and deleted_at is null returning {Columns}", 200,
                office, id, body.RootElement.GetProperty("price").GetDecimal());
        });
        await app.StartAsync();
    }

    private async Task OneAsync(HttpContext http, string sql, int status, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
        {
            http.Response.StatusCode = 404;
            return;
        }
        (http.Response.StatusCode, http.Response.ContentType) = (status, "application/json");
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        Write(json, row);
    }

    private async Task ListAsync(HttpContext http, string condition, params object[] values)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"select count(*) {Living} and {condition}"));
        batch.BatchCommands.Add(new($"select {Columns} {Living} and {condition} order by created_at desc, id desc limit 50"));
        foreach (var command in batch.BatchCommands)
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.ReadAsync();
        http.Response.Headers["X-Total-Count"] = rows.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.ContentType = "application/json";
        await rows.NextResultAsync();
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        while (await rows.ReadAsync()) Write(json, rows);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.FieldCount; i++)
        {
            json.WritePropertyName(row.GetName(i));
            if (row.IsDBNull(i)) json.WriteNullValue();
            else if (row.GetDataTypeName(i) == "jsonb") json.WriteRawValue(row.GetString(i));
            else
            {
                switch (row.GetValue(i))
                {
                    case string text: json.WriteStringValue(text); break;
                    case long number: json.WriteNumberValue(number); break;
                    case int number: json.WriteNumberValue(number); break;
                    case decimal number: json.WriteNumberValue(number); break;
                    case double number: json.WriteNumberValue(number); break;
                    case bool flag: json.WriteBooleanValue(flag); break;
                    case DateTime time: json.WriteStringValue(time); break;
                    case string[] texts:
                        json.WriteStartArray();
                        foreach (var text in texts) json.WriteStringValue(text);
                        json.WriteEndArray();
                        break;
                    case var other: json.WriteStringValue(other.ToString()); break;
                }
            }
        }
        json.WriteEndObject();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }
}
