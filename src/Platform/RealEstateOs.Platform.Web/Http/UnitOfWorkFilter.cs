using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Around every handler: a read takes a connection where it asks, a write gets a transaction that commits only if the handler
/// succeeds, together with the idempotency record if the client sent a key. A write that PostgreSQL ended in favour of
/// another one (deadlock, serialization), or whose row somebody changed while it ran, runs again from the start.
/// </summary>
internal sealed class UnitOfWorkFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var policy = http.GetEndpoint()?.Metadata.GetMetadata<ConnectionPolicy>();
        if (policy is { HoldsNone: true }) return await next(context);
        using var waited = http.RequestServices.GetRequiredService<Foreground>().Enter();
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return reads ? await next(context) : await WriteAsync(context, next, http.RequestServices.GetRequiredService<UnitOfWork>());
    }

    private static async Task<object?> WriteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, UnitOfWork work)
    {
        var http = context.HttpContext;
        var precondition = Precondition.Of(http.Request, work);
        var idempotency = IdempotentCall.From(http, work, await RequestFingerprint.TakeAsync(http.Request, http.RequestAborted));
        if (idempotency is not null && await idempotency.FromCacheAsync() is { } cached) return cached;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(context, next, work, precondition, idempotency);
            }
            catch (Exception fault) when (attempt < AttemptsAfter(fault, http.Request) && MayRunAgain(http.Request))
            {
                work.StartAfresh();
                precondition?.StartAfresh();
                if (http.Request.Body is MemoryStream body) body.Position = 0;
            }
        }
    }

    // Who deletes must have seen what they delete: a record that somebody added to meanwhile (a merge) stays.
    private static int AttemptsAfter(Exception fault, HttpRequest request) => fault switch
    {
        DbUpdateConcurrencyException => HttpMethods.IsDelete(request.Method) ? 1 : 4,
        _ => fault.IsCollision() ? 2 : 1,
    };

    private static async Task<object?> AttemptAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, UnitOfWork work, Precondition? precondition,
        IdempotentCall? idempotency)
    {
        var http = context.HttpContext;
        await work.BeginAsync(http.RequestAborted);
        try
        {
            if (idempotency is not null && await idempotency.ClaimAsync(http.RequestAborted) is { } replay) return replay;
            var result = await next(context);
            if (StatusOf(result) >= 400) return result;
            EntityTagFilter.Tagged(http, result);
            precondition?.CheckAtEnd(work);
            if (idempotency is not null) result = await idempotency.RecordAsync(result, http.RequestAborted);
            await work.CommitAsync(http.RequestAborted);
            return result;
        }
        finally
        {
            await work.RollbackAsync();
        }
    }

    // All that such a request did was in the transaction that was rolled back; an upload has stored its file by then.
    private static bool MayRunAgain(HttpRequest request) => request.Body is MemoryStream || request.ContentType is null;

    internal static int StatusOf(object? result) => result switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => 200,
    };
}

/// <summary>
/// Endpoints that hold no database connection while they run (streams, sign-in); what they save, they save in transactions of their own.
/// </summary>
public sealed record ConnectionPolicy(bool HoldsNone = false);
