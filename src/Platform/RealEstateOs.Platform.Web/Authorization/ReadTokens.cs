using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;

namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// Access tokens whose signature has been checked, until they expire: a token is read once, not with each request. Its session is asked for
/// each time.
/// </summary>
internal sealed class ReadTokens(TimeProvider clock) : IDisposable
{
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public ClaimsPrincipal? Find(string token) =>
        known.TryGetValue(token, out Known? entry) && entry!.Until > clock.GetUtcNow() ? entry.Principal : null;

    public void Keep(string token, ClaimsPrincipal principal, DateTime until)
    {
        var end = new DateTimeOffset(until, TimeSpan.Zero);
        known.Set(token, new Known(principal, end), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = end });
    }

    public void Dispose() => known.Dispose();

    private sealed record Known(ClaimsPrincipal Principal, DateTimeOffset Until);
}
