using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Lets Redis answer "not modified" without the database. A write marks its rows as unsettled before it commits and sets
/// their new tags afterwards; readers add a tag only where nothing stands, so an old one can't overtake a commit. If Redis
/// missed a write, everything remembered before is dropped by changing the epoch in every key.
/// </summary>
internal sealed class TagCache(RedisCache redis)
{
    private const string Unsettled = "unsettled";
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const string Find = "return redis.call('get', 'x')";
    private volatile bool missed = true; // at the start too: a killed process may have left an unsettled row behind

    public async Task<string?> FindAsync(OrganizationId organization, string reference)
    {
        if (missed) return null;
        var tag = (await redis.GetAsync(await KeyAsync(organization, reference))).ValueOr(null);
        return tag == Unsettled ? null : tag;
    }
}
