using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// Inserts many new rows with one statement, whatever their number: the rows travel as one JSON document that PostgreSQL takes apart by the
/// table's own types. Stamps and audit rows are those of a save. (COPY would be faster still, but is not allowed under row-level security.)
/// </summary>
public static class BulkInsert
{
    private static readonly ConcurrentDictionary<IEntityType, Plan> Plans = new();

    /// <summary>Inserts resources and gives them their ids.</summary>
    public static async Task InsertManyAsync<T, TId>(this ModuleDb db, IReadOnlyList<T> rows, CancellationToken ct) where T : Entity<TId>
        where TId : struct, IEntityId<TId>
    {
        var ids = await InsertAsync(db, rows, ct);
        for (var i = 0; i < rows.Count; i++) rows[i].Id = TId.From(ids[i]);
        var plan = PlanOf(db, typeof(T));
        var audit = new List<AuditEntry>(rows.Count);
        for (var i = 0; i < rows.Count; i++) audit.Add(new AuditEntry("created", plan.Resource, ids[i], plan.Changes(rows[i])));
        db.Work.Enter(audit, [], []);
    }

    /// <summary>Inserts rows that are records of events themselves: histories, timelines.</summary>
    public static async Task InsertManyAsync<T>(this ModuleDb db, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class, INotAudited => await InsertAsync(db, rows, ct);

    /// <summary>The statement that inserts such rows together with others of the transaction; what their ids become is not asked.</summary>
    internal static NpgsqlBatchCommand Statement(ModuleDb db, Type type, IReadOnlyList<object> rows)
    {
        var plan = PlanOf(db, type);
        foreach (var row in rows) db.StampNew(row);
        return new NpgsqlBatchCommand(plan.Sql) { Parameters = { Document(plan, rows) } };
    }

    private static async Task<List<long>> InsertAsync<T>(ModuleDb db, IReadOnlyList<T> rows, CancellationToken ct) where T : class
    {
        var ids = new List<long>(rows.Count);
        if (rows.Count == 0) return ids;
        var plan = PlanOf(db, typeof(T));
        foreach (var row in rows) db.StampNew(row);
        await using var command = new NpgsqlCommand(plan.Sql, await db.Work.OpenAsync(ct), db.Work.Transaction)
        {
            Parameters = { Document(plan, rows) },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetInt64(0));
        // Identities are drawn in the order of the rows; the order of "returning" is no promise.
        ids.Sort();
        return ids;
    }

    private static NpgsqlParameter Document<T>(Plan plan, IReadOnlyList<T> rows) =>
        new() { Value = plan.Document(rows), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static Plan PlanOf(ModuleDb db, Type type) => Plans.GetOrAdd(db.Model.FindEntityType(type)!, entity => new Plan(entity));

    private sealed class Plan
    {
        private readonly (string Column, PropertyInfo Member, Func<object?, object?> ToProvider)[] columns;
        private readonly (string Name, PropertyInfo Member, bool Secret)[] audited;

        public Plan(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var written = entity.GetProperties()
                .Where(p => p.ValueGenerated == ValueGenerated.Never && p.GetBeforeSaveBehavior() == PropertySaveBehavior.Save
                    && p.PropertyInfo is not null).ToArray();
            columns = [.. written.Select(p => (p.GetColumnName(table)!, p.PropertyInfo!, ToProvider(p)))];
            audited = [.. written.Where(p => ChangeSet.IsRemarkable(p.Name) && ChangeSet.JsonCanSay(p.PropertyInfo!.PropertyType))
                .Select(p => (Json.SnakeCase(p.Name), p.PropertyInfo!, p.PropertyInfo!.GetCustomAttribute<SecretAttribute>() is not null))];
            Resource = Json.SnakeCase(entity.ClrType.Name);
            var (name, list) = ($"{table.Schema}.{table.Name}", string.Join(", ", columns.Select(c => c.Column)));
            var key = entity.FindPrimaryKey()!.Properties[0].GetColumnName(table);
            Sql = $"insert into {name} ({list}) select {list} from (select * from rows "
                + $"from (jsonb_populate_recordset(null::{name}, $1)) with ordinality) as r order by ordinality returning {key}";
        }

        public string Sql { get; }

        public string Resource { get; }

        public byte[] Document<T>(IReadOnlyList<T> rows) => Write(json =>
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var (column, member, toProvider) in columns)
                {
                    if (toProvider(member.GetValue(row)) is not { } value) continue;
                    json.WritePropertyName(column);
                    WriteValue(json, value);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

        public string Changes(object row) => Encoding.UTF8.GetString(Write(json =>
        {
            json.WriteStartObject();
            foreach (var (name, member, secret) in audited)
            {
                if (member.GetValue(row) is not { } value) continue;
                json.WriteStartArray(name);
                if (secret) json.WriteStringValue("***");
                else json.WriteNullValue();
                if (secret) json.WriteStringValue("***");
                else WriteValue(json, value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }));

        private static byte[] Write(Action<Utf8JsonWriter> write)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true }))
                write(json);
            return buffer.ToArray();
        }

        private static void WriteValue(Utf8JsonWriter json, object value)
        {
            if (value is string text) json.WriteStringValue(text);
            else if (value is long number) json.WriteNumberValue(number);
            else JsonSerializer.Serialize(json, value, value.GetType(), Json.Options);
        }

        private static Func<object?, object?> ToProvider(IProperty property)
        {
            var converter = property.GetTypeMapping().Converter;
            // A text or a JSON array says more to a reader of jsonb than what a converter makes of arrays.
            return converter is null || property.ClrType.IsArray || property.ClrType == typeof(JsonElement?) ? value => value
                : value => value is null ? null : converter.ConvertToProvider(value);
        }
    }
}
