using Npgsql;
using NpgsqlTypes;

namespace RealEstateOs.Platform.Persistence;

/// <summary>Parameters that may be null; PostgreSQL wants their type all the same.</summary>
public static class Parameter
{
    public static void With(this NpgsqlCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
    }

    public static NpgsqlParameter Long(long? value) => Of(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Text(string? value) => Of(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Json(string? value) => Of(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Time(DateTimeOffset? value) => Of(value?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Of(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
