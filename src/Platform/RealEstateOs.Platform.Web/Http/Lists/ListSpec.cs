using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using NpgsqlTypes;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// What a list can be filtered, searched and sorted by, declared once beside its route: the query parameters, their
/// errors and their OpenAPI text all come from here.
/// </summary>
public sealed class ListSpec<T> : IListSpec where T : class
{
    private readonly List<Filter<T>> filters = [];
    private readonly Dictionary<string, SortKey<T>> sorts = new(StringComparer.Ordinal);

    public string DefaultSort { get; private set; } = "";

    internal IReadOnlyList<Filter<T>> Filters => filters;

    internal IReadOnlyDictionary<string, SortKey<T>> Sorts => sorts;

    /// <summary>Equality; several values, comma separated or repeated, mean any of them.</summary>
    public ListSpec<T> Is<TValue>(string name, Expression<Func<T, TValue>> member, params string[] aliases) =>
        Add([name, .. aliases], typeof(TValue), "Equal to; several mean any of them.", values => Predicates.AnyOf(member, values),
            many: true);

    /// <summary>Equality of texts that are kept in one spelling, however the query writes them.</summary>
    public ListSpec<T> Is(string name, Expression<Func<T, string?>> member, Func<string, string?> spelling) =>
        Add([name], typeof(string), "Equal to, however it is written; several mean any of them.",
            values => Predicates.AnyOf(member, values, spelling), many: true);

    /// <summary><c>name__gte</c>, <c>name__lte</c>, <c>min_name</c> and <c>max_name</c>.</summary>
    public ListSpec<T> Range<TValue>(string name, Expression<Func<T, TValue>> member)
    {
        Add([$"{name}__gte", $"min_{name}"], typeof(TValue), "At least.",
            values => Predicates.Compare(member, values, ExpressionType.GreaterThanOrEqual));
        return Add([$"{name}__lte", $"max_{name}"], typeof(TValue), "At most.",
            values => Predicates.Compare(member, values, ExpressionType.LessThanOrEqual));
    }

    /// <summary>True or false, in any case, as clients in Python write it too.</summary>
    public ListSpec<T> Flag(string name, Expression<Func<T, bool>> member) =>
        Add([name], typeof(bool), "true or false.", values => Predicates.Flag(member, values));

    /// <summary>Has all of the words, comma separated or repeated.</summary>
    public ListSpec<T> HasAll(string name, Func<string[], Expression<Func<T, bool>>> has) =>
        Add([name], typeof(string), "Has all of these.",
            values => Predicates.Words(values).ToArray() is { Length: > 0 } words ? [has(words)] : [], many: true);

    /// <summary>A filter of its own kind, over the parameter's text.</summary>
    public ListSpec<T> Where(string name, string description, Func<string, Expression<Func<T, bool>>> predicate) =>
        Add([name], typeof(string), description, values => [predicate(values.ToString().Trim())]);

    /// <summary>
    /// Words of a vector of <c>platform.search_words</c>: rows that have all of them whole, or where there are none, rows with words that
    /// begin so.
    /// </summary>
    /// <param name="what">What is searched, for the parameter's text: <c>name and e-mail</c>.</param>
    public ListSpec<T> Search(string what, Expression<Func<T, NpgsqlTsVector>> vector, Expression<Func<T, string?>>? phone = null)
    {
        Add(["search"], typeof(string),
            $"Words of {what}, however accents, hamza, vowels, the article and digits are written. "
                + "Where no row has them all whole, each may be the beginning of a word.",
            values => [WordSearch.Matches(vector, phone, values.ToString(), beginnings: false)]);
        filters[^1] = filters[^1] with { Wider = values => [WordSearch.Matches(vector, phone, values.ToString(), beginnings: true)] };
        return this;
    }

    public ListSpec<T> Sort<TKey>(string name, Expression<Func<T, TKey>> key)
    {
        sorts.Add(name, new SortKey<T>(name, key));
        return this;
    }

    /// <summary>As in <c>sort</c>: <c>-created_at</c>. The id always breaks ties.</summary>
    public ListSpec<T> By(string sort)
    {
        DefaultSort = sort;
        return this;
    }

    /// <summary>The same list with one more order, which is its first: for a request that says what to measure from.</summary>
    public ListSpec<T> By<TKey>(string name, Expression<Func<T, TKey>> key)
    {
        var spec = new ListSpec<T>();
        spec.filters.AddRange(filters);
        foreach (var (sort, other) in sorts) spec.sorts.Add(sort, other);
        return spec.Sort(name, key).By(name);
    }

    IEnumerable<ListParameter> IListSpec.Parameters => filters
        .SelectMany(f => f.Names.Select((n, i) => new ListParameter(n, f.ValueType,
            i == 0 ? f.Description : $"Another name of {f.Names[0]}.", f.TakesMany) { IsOtherName = i > 0 }))
        .Append(new ListParameter("sort", typeof(string),
            $"Comma separated, - for descending: {string.Join(", ", sorts.Keys)}. Default {DefaultSort}."));

    private ListSpec<T> Add(
        string[] names, Type type, string description, Func<StringValues, Expression<Func<T, bool>>[]> predicates, bool many = false)
    {
        filters.Add(new Filter<T>(names, Nullable.GetUnderlyingType(type) ?? type, description, predicates) { TakesMany = many });
        return this;
    }
}

/// <summary>The query parameters of a list, for OpenAPI.</summary>
public interface IListSpec
{
    IEnumerable<ListParameter> Parameters { get; }
}

/// <summary>The list that a route answers; built when it is asked for first, because a host has many and starts often.</summary>
internal sealed record ListOfSlice(FieldInfo Field)
{
    public IListSpec Spec => (IListSpec)Field.GetValue(null)!;
}

/// <param name="TakesMany">Several values, comma separated or repeated.</param>
public sealed record ListParameter(string Name, Type Type, string Description, bool TakesMany = false)
{
    /// <summary>A second name, for clients of older interfaces; the description of the API marks it as deprecated.</summary>
    public bool IsOtherName { get; init; }
}

internal sealed record Filter<T>(string[] Names, Type ValueType, string Description,
    Func<StringValues, Expression<Func<T, bool>>[]> Predicates)
{
    public bool TakesMany { get; init; }

    /// <summary>What to ask instead where nothing is found.</summary>
    public Func<StringValues, Expression<Func<T, bool>>[]>? Wider { get; init; }
}

internal sealed record SortKey<T>(string Name, LambdaExpression Key);

/// <summary>A parameter that can't be read; the list names it in its 422.</summary>
internal sealed class UnreadableValueException(string message) : Exception(message);
