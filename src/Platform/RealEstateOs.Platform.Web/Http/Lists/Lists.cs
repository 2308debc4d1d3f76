using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>The one way to answer a list: filters, order and page in the database, projected straight to the response.</summary>
public static class Lists
{
    private const int ChunkSize = 500;

    /// <summary>
    /// A page of entities and their total. Costs one statement, and sometimes a second where there are more than
    /// <see cref="Totals.Bound"/>.
    /// </summary>
    public static Task<ListResult<TResponse>> PageAsync<T, TId, TResponse>(
        this ListRequest request, IQueryable<T> rows, ListSpec<T> spec, Expression<Func<T, TResponse>> projection, CancellationToken ct)
        where T : Entity<TId> where TId : struct, IEntityId<TId> =>
        PageAsync(request, rows, spec, row => row.Id, projection, ct);

    /// <summary>A page of any rows with a key that breaks ties.</summary>
    public static Task<ListResult<TResponse>> PageAsync<T, TKey, TResponse>(
        this ListRequest request, IQueryable<T> rows, ListSpec<T> spec, Expression<Func<T, TKey>> key,
        Expression<Func<T, TResponse>> projection, CancellationToken ct)
        where T : class => AnswerAsync(request, rows, spec, key, projection, null, ct);

    /// <summary>
    /// A page whose rows are completed with what other modules know, the whole page at once: a constant number of statements.
    /// </summary>
    public static Task<ListResult<TResponse>> PageAsync<T, TKey, TResponse>(
        this ListRequest request, IQueryable<T> rows, ListSpec<T> spec, Expression<Func<T, TKey>> key,
        Expression<Func<T, TResponse>> projection,
        Func<IReadOnlyList<TResponse>, Task<IReadOnlyList<TResponse>>> complete, CancellationToken ct)
        where T : class => AnswerAsync(request, rows, spec, key, projection, complete, ct);

    private static async Task<ListResult<TResponse>> AnswerAsync<T, TKey, TResponse>(
        ListRequest request, IQueryable<T> rows, ListSpec<T> spec, Expression<Func<T, TKey>> key, Expression<Func<T, TResponse>> projection,
        Func<IReadOnlyList<TResponse>, Task<IReadOnlyList<TResponse>>>? complete, CancellationToken ct)
        where T : class
    {
        var filtered = Filter(request, rows, spec);
        var ordering = Ordering<T>.Read(spec, key, request);
        var cursor = request.After is { Length: > 0 } after ? ordering.Read(after) : null;
        if (request.After is { Length: > 0 } && cursor is null) request.Fail("after", "is no cursor of this list in this order");
        if (request.Errors.Count > 0) throw Problem.Invalid(request.Errors);
        if (request.WantsCsv)
        {
            if (IsWidened(request, spec) && !await filtered.AnyAsync(ct)) filtered = Filter(request, rows, spec, wider: true);
            return Csv.Stream(complete is null ? ordering.Apply(filtered).Select(projection).AsAsyncEnumerable()
                : Chunks(filtered, ordering, projection, complete));
        }

        var found = await FindAsync(filtered);
        if (found.Count == 0 && IsWidened(request, spec) && !(await filtered.AnyAsync(ct)))
            found = await FindAsync(filtered = Filter(request, rows, spec, wider: true));
        var more = found.Count > request.Limit;
        var total = cursor?.Total ?? (more || (request.Offset > 0 && found.Count == 0)
            ? await Totals.OfAsync(request, found is [var first, ..] ? first.Counted : null, filtered, ct) : request.Offset + found.Count);
        if (more) found.RemoveAt(request.Limit);
        // A page reached by an offset always says how to go on, at the end to an empty page; a chain of cursors just ends.
        var next = more || (request.Offset > 0 && found.Count > 0) ? Ordering<T>.Cursor(found[^1].Keys, total) : null;
        ListHeaders.Write(request.Http, total, request.Limit, request.Offset, next);
        var items = found.ConvertAll(f => f.Item);
        return new ListResult<TResponse>(complete is null ? items : await complete(items));

        Task<List<Found<TResponse>>> FindAsync(IQueryable<T> all)
        {
            var page = cursor is { } from ? ordering.Apply(all.Where(from.Behind)) : ordering.Apply(all).Skip(request.Offset);
            return page.Take(request.Limit + 1).Select(WithCursor(ordering, projection, cursor is null ? all : null)).ToListAsync(ct);
        }
    }

    private static bool IsWidened<T>(ListRequest request, ListSpec<T> spec) where T : class =>
        spec.Filters.Any(f => f.Wider is not null && f.Names.Any(name => !string.IsNullOrWhiteSpace(request.Http.Request.Query[name])));

    // One connection can't ask other modules while it streams, so a completed list is exported chunk by chunk, each behind the last.
    private static async IAsyncEnumerable<TResponse> Chunks<T, TResponse>(
        IQueryable<T> filtered, Ordering<T> ordering, Expression<Func<T, TResponse>> projection,
        Func<IReadOnlyList<TResponse>, Task<IReadOnlyList<TResponse>>> complete, [EnumeratorCancellation] CancellationToken ct = default)
        where T : class
    {
        var withCursor = WithCursor(ordering, projection, null);
        for (var rest = filtered; ;)
        {
            var found = await ordering.Apply(rest).Take(ChunkSize).Select(withCursor).ToListAsync(ct);
            foreach (var item in await complete(found.ConvertAll(f => f.Item))) yield return item;
            if (found.Count < ChunkSize) yield break;
            rest = filtered.Where(ordering.Read(Ordering<T>.Cursor(found[^1].Keys, 0))!.Value.Behind);
        }
    }

    private static IQueryable<T> Filter<T>(ListRequest request, IQueryable<T> rows, ListSpec<T> spec, bool wider = false) where T : class
    {
        foreach (var filter in spec.Filters)
        {
            foreach (var name in filter.Names)
            {
                var values = request.Http.Request.Query[name];
                if (values.Count == 0 || (values is [var only] && string.IsNullOrWhiteSpace(only))) continue;
                try
                {
                    if (values.Any(v => v!.Contains('\0'))) throw new UnreadableValueException("must not contain NUL characters");
                    foreach (var predicate in (wider && filter.Wider is { } instead ? instead : filter.Predicates)(values))
                        rows = rows.Where(predicate);
                }
                catch (UnreadableValueException exception)
                {
                    request.Fail(name, exception.Message);
                }
            }
        }
        return rows;
    }

    // What is to be counted goes along as a subquery, so that page and total are one statement, and each is planned for itself.
    private static Expression<Func<T, Found<TResponse>>> WithCursor<T, TResponse>(
        Ordering<T> ordering, Expression<Func<T, TResponse>> projection, IQueryable<T>? counted) where T : class
    {
        var row = projection.Parameters[0];
        var found = typeof(Found<TResponse>).GetConstructors()[0];
        Expression total = counted is null ? Expression.Constant(0) : Totals.Bounded(counted);
        return Expression.Lambda<Func<T, Found<TResponse>>>(Expression.New(found, projection.Body, ordering.Values(row), total), row);
    }

    internal sealed record Found<TResponse>(TResponse Item, object?[] Keys, int Counted);
}
