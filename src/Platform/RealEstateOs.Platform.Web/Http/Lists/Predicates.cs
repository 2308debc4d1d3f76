using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// Builds the conditions of a list as expressions whose values travel as parameters, so that the database's plans are reused.
/// </summary>
internal static class Predicates
{
    private static readonly MethodInfo ReadIdMethod = typeof(Predicates).GetMethod(nameof(ReadId),
        BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IEnumerable<string> Words(StringValues values) =>
        values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public static Expression<Func<T, bool>>[] AnyOf<T, TValue>(Expression<Func<T, TValue>> member, StringValues values) =>
        AnyOf(member, [.. Words(values).Select(Read<TValue>)]);

    public static Expression<Func<T, bool>>[] AnyOf<T>(Expression<Func<T, string?>> member, StringValues values,
        Func<string, string?> spelling) =>
            AnyOf(member, [.. Words(values).Select(word => spelling(word) ?? word)]);

    private static Expression<Func<T, bool>>[] AnyOf<T, TValue>(Expression<Func<T, TValue>> member, TValue[] wanted)
    {
        if (wanted.Length == 0) return [];
        var conditions = wanted.Select(value => (Expression)Expression.Equal(member.Body, Parameter(value)));
        return [Expression.Lambda<Func<T, bool>>(conditions.Aggregate(Expression.OrElse), member.Parameters)];
    }

    public static Expression<Func<T, bool>>[] Compare<T, TValue>(Expression<Func<T, TValue>> member, StringValues values,
        ExpressionType comparison) =>
            [Expression.Lambda<Func<T, bool>>(Expression.MakeBinary(comparison, member.Body, Parameter(Read<TValue>(Only(values)))),
                member.Parameters)];

    public static Expression<Func<T, bool>>[] Flag<T>(Expression<Func<T, bool>> member, StringValues values) =>
        Read<bool>(Only(values)) ? [member] : [Expression.Lambda<Func<T, bool>>(Expression.Not(member.Body), member.Parameters)];

    /// <summary>A value as a query parameter of the given type.</summary>
    public static Expression Parameter<TValue>(TValue value) =>
        Expression.Property(Expression.Constant(new Box<TValue>(value)), nameof(Box<>.Value));

    /// <summary>Reads a query parameter's text; what can't be read says what would be right.</summary>
    public static TValue Read<TValue>(string text)
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        if (text.Contains('\0')) throw new UnreadableValueException("must not contain NUL characters");
        return (TValue)Read(type, text.Trim());
    }

    private static object Read(Type type, string text)
    {
        if (type == typeof(string)) return text;
        if (EntityIds.IsId(type))
            return ReadIdMethod.MakeGenericMethod(type).Invoke(null, [text])
                ?? throw new UnreadableValueException(EntityId.Explain(EntityIds.PrefixOf(type)));
        if (type.IsEnum) return ReadWord(type, text);
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag
                : text is "1" or "0" ? text == "1" : throw new UnreadableValueException("must be true or false");
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i
                : throw new UnreadableValueException("must be a whole number");
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l
                : throw new UnreadableValueException("must be a whole number");
        if (type == typeof(decimal))
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && Math.Abs(d) < 1e15m ? d
                : throw new UnreadableValueException("must be a number");
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var f) && double.IsFinite(f) ? f
                : throw new UnreadableValueException("must be a number");
        if (type == typeof(DateTimeOffset))
            return Json.TryRead(text.Replace(' ', '+'), out var time) ? time
                : throw new UnreadableValueException("must be a time in ISO 8601, such as 2026-01-31T09:30:00Z");
        if (type == typeof(DateOnly))
            return Json.TryReadDay(text.Replace(' ', '+'), out var date) ? date
                : throw new UnreadableValueException("must be a date, such as 2026-01-31");
        throw new InvalidOperationException($"Lists can't filter by {type.Name}.");
    }

    private static object ReadWord(Type type, string text) =>
        Vocabulary.TryRead(type, text, out var value) ? value : throw new UnreadableValueException(Vocabulary.Explain(type));

    private static object? ReadId<TId>(string text) where TId : struct, IEntityId<TId> =>
        EntityId.TryParse<TId>(text, out var id) ? id : null;

    private static string Only(StringValues values) => values is [{ } one] ? one : throw new UnreadableValueException("must be given once");

    private sealed record Box<TValue>(TValue Value);
}
