using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// The order of a list and the cursor that continues it: sort keys, then the id. Rows without a value come last. A cursor
/// holds the last row's keys, so page 10,000 costs what page 1 costs and rows inserted meanwhile move nothing.
/// </summary>
internal sealed class Ordering<T> where T : class
{
    private readonly List<(LambdaExpression Key, bool Descending)> keys = [];
    private readonly LambdaExpression id;

    private Ordering(LambdaExpression id) => this.id = id;

    public static Ordering<T> Read(ListSpec<T> spec, LambdaExpression id, ListRequest request)
    {
        var ordering = new Ordering<T>(id);
        var text = request.Http.Request.Query["sort"].FirstOrDefault() is { Length: > 0 } asked ? asked : spec.DefaultSort;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.TrimStart('-', '+');
            if (spec.Sorts.TryGetValue(name, out var key)) ordering.keys.Add((key.Key, part[0] == '-'));
            else request.Errors.Add(
                FieldError.Format("sort", $"can't be by {name}; known are {string.Join(", ", spec.Sorts.Keys)}") with { In = "query" });
        }
        return ordering;
    }

    private bool IdDescending => keys.Count == 0 || keys[^1].Descending;

    public IQueryable<T> Apply(IQueryable<T> rows)
    {
        var first = true;
        foreach (var (key, descending) in keys)
        {
            // Ascending, PostgreSQL has them last by itself, and an index by the key alone serves.
            if (descending && IsNullable(key)) rows = Order(rows, Expression.Lambda(IsNull(key.Body), key.Parameters), false, ref first);
            rows = Order(rows, key, descending, ref first);
        }
        return Order(rows, id, IdDescending, ref first);
    }

    /// <summary>The values that a cursor needs of a row, as an object array.</summary>
    public Expression Values(ParameterExpression row) => Expression.NewArrayInit(typeof(object),
        keys.Select(k => k.Key).Append(id).Select(key => Expression.Convert(Swap(key, row), typeof(object))));

    public static string Cursor(object?[] values, long total) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(values.Append(total), Json.Options))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The rows behind the cursor's row, and the total that the first page counted.</summary>
    public (Expression<Func<T, bool>> Behind, long Total)? Read(string cursor)
    {
        try
        {
            var text = cursor.Replace('-', '+').Replace('_', '/');
            var values = JsonSerializer.Deserialize<JsonElement[]>(
                Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))));
            if (values is null || values.Length != keys.Count + 2
                || values.Any(v => v.ValueKind == JsonValueKind.String && v.GetString()!.Contains('\0'))) return null;
            var row = Expression.Parameter(typeof(T), "row");
            return (Expression.Lambda<Func<T, bool>>(Behind(row, values, 0), row), values[^1].GetInt64());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    // (k1 behind v1) or (k1 = v1 and (k2 behind v2 or …)); the plain bound on the first key lets an index start there.
    private Expression Behind(ParameterExpression row, JsonElement[] values, int place)
    {
        var (lambda, descending) = place < keys.Count ? keys[place] : (id, IdDescending);
        var key = Swap(lambda, row);
        var value = values[place].Deserialize(key.Type, Json.Options);
        if (place == keys.Count) return Beyond(key, value, descending);
        var rest = Behind(row, values, place + 1);
        if (value is null) return Expression.AndAlso(IsNull(key), rest);
        var beyond = Beyond(key, value, descending);
        Expression same = Expression.AndAlso(Expression.Equal(key, Box(value, key.Type)), rest);
        if (IsNullable(lambda)) return Expression.OrElse(Expression.OrElse(beyond, IsNull(key)), same);
        return IsNumeric(key.Type) && place == 0
            ? Expression.AndAlso(Expression.MakeBinary(descending ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual, key,
                Box(value, key.Type)), Expression.OrElse(beyond, same))
            : Expression.OrElse(beyond, same);
    }

    private static Expression Beyond(Expression key, object? value, bool descending)
    {
        var bound = Box(value, key.Type);
        if (IsNumeric(key.Type))
            return Expression.MakeBinary(descending ? ExpressionType.LessThan : ExpressionType.GreaterThan, key, bound);
        if (key.Type == typeof(string))
        {
            var compare = Expression.Call(typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!, key, bound);
            return Expression.MakeBinary(descending ? ExpressionType.LessThan : ExpressionType.GreaterThan, compare,
                Expression.Constant(0));
        }
        var method = typeof(EntityId).GetMethod(descending ? nameof(EntityId.Less) : nameof(EntityId.Greater))!.MakeGenericMethod(key.Type);
        return Expression.MakeBinary(descending ? ExpressionType.LessThan : ExpressionType.GreaterThan, key, bound, false, method);
    }

    private static IQueryable<T> Order(IQueryable<T> rows, LambdaExpression key, bool descending, ref bool first)
    {
        var method = (first, descending) switch
        {
            (true, false) => OrderMethods.By,
            (true, true) => OrderMethods.ByDescending,
            (false, false) => OrderMethods.ThenBy,
            (false, true) => OrderMethods.ThenByDescending,
        };
        first = false;
        return rows.Provider.CreateQuery<T>(
            Expression.Call(method.MakeGenericMethod(typeof(T), key.ReturnType), rows.Expression, Expression.Quote(key)));
    }

    private static Expression Box(object? value, Type type) =>
        (Expression)typeof(Predicates).GetMethod(nameof(Predicates.Parameter))!.MakeGenericMethod(type).Invoke(null, [value])!;

    private static Expression IsNull(Expression key) => Expression.Equal(key, Expression.Constant(null, key.Type));

    private static bool IsNullable(LambdaExpression key) => Nullable.GetUnderlyingType(key.ReturnType) is not null;

    private static bool IsNumeric(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var t
        && (t == typeof(decimal) || t == typeof(int) || t == typeof(long) || t == typeof(double) || t == typeof(DateTimeOffset)
            || t == typeof(DateOnly));

    private static Expression Swap(LambdaExpression lambda, ParameterExpression row) =>
        new Substitute(lambda.Parameters[0], row).Visit(lambda.Body);
}

/// <summary>Queryable's own, found once: by its name each would be looked for among all of them, at every request.</summary>
internal static class OrderMethods
{
    public static readonly MethodInfo By = First(Queryable.OrderBy), ByDescending = First(Queryable.OrderByDescending),
        ThenBy = Next(Queryable.ThenBy), ThenByDescending = Next(Queryable.ThenByDescending);

    private static MethodInfo First(Func<IQueryable<int>, Expression<Func<int, int>>, IOrderedQueryable<int>> order) =>
        order.Method.GetGenericMethodDefinition();

    private static MethodInfo Next(Func<IOrderedQueryable<int>, Expression<Func<int, int>>, IOrderedQueryable<int>> order) =>
        order.Method.GetGenericMethodDefinition();
}

/// <summary>Puts an expression in the place of a parameter.</summary>
internal sealed class Substitute(ParameterExpression from, Expression to) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}
