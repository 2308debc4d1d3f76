using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Lets Redis answer "not modified" without the database. A write marks its rows as unsettled before it commits and settles
/// them with their new tags afterwards; a reader adds a tag only where nothing stands, so an old one can't overtake a
/// commit. If Redis missed a write, a new epoch forgets everything at once.
/// </summary>
public sealed class TagCache(RedisCache redis) : IVersionTracker
{
    private const string Unsettled = "unsettled";
    private const int LongestWriteSeconds = 120, KeptSeconds = 600;
    private const string EpochKey = "tag-epoch";
    private const string InEpoch = "local e = redis.call('get', KEYS[1]) or '0' ";

    private const string FindScript = InEpoch + "return redis.call('get', KEYS[2] .. ':' .. e)";
    private const string AddScript = InEpoch + "return redis.call('set', KEYS[2] .. ':' .. e, ARGV[1], 'EX', ARGV[2], 'NX')";
    private const string UnsettleScript = InEpoch
        + "for i = 2, #KEYS do redis.call('set', KEYS[i] .. ':' .. e, ARGV[1], 'EX', ARGV[2]) end return 1";

    private const string SettleScript = InEpoch +
        "for i = 2, #KEYS do local k = KEYS[i] .. ':' .. e if redis.call('get', k) == ARGV[1] then redis.call('set', k, ARGV[i + 1], "
            + "'EX', ARGV[2]) end end return 1";

    // True at the start, too: what this process missed while it was down is unknown.
    private volatile bool missed = true;

    public async Task<string?> FindAsync(OrganizationId organization, string reference)
    {
        if (!await IsCurrentAsync()) return null;
        var tag = (string?)(await redis.EvaluateAsync(FindScript, [EpochKey, Key(organization, reference)], [])).Or(
            RedisResult.Create(RedisValue.Null));
        return tag?.StartsWith(Unsettled, StringComparison.Ordinal) == true ? null : tag;
    }

    /// <summary>Remembers the tag that a read has just answered.</summary>
    public async Task AddAsync(OrganizationId organization, string reference, string tag)
    {
        if (await IsCurrentAsync()) await redis.EvaluateAsync(AddScript, [EpochKey, Key(organization, reference)], [tag, KeptSeconds]);
    }

    /// <summary>
    /// Takes care of rows that this unit of work changes. One that is deleted stays unsettled until that expires: nobody may be told "not
    /// modified".
    /// </summary>
    public void Track(UnitOfWork work, List<(IVersioned Row, bool Remains)> rows)
    {
        string[] keys = [EpochKey, .. rows.Select(r => Key(work.Tenant.Required, r.Row.Reference))];
        var mark = $"{Unsettled}:{Guid.NewGuid():n}";
        work.BeforeCommit(async _ =>
        {
            var marked = await IsCurrentAsync()
                && (await redis.EvaluateAsync(UnsettleScript, keys, [mark, LongestWriteSeconds])).IsAvailable;
            if (!marked) missed = true;
        });
        work.AfterCommit(_ => redis.EvaluateAsync(SettleScript, keys,
            [mark, KeptSeconds, .. rows.Select(r => (RedisValue)(r.Remains ? ResourceTags.TagOf(r.Row) : mark))]));
    }

    private async Task<bool> IsCurrentAsync()
    {
        if (!missed) return true;
        if ((await redis.EvaluateAsync("return redis.call('incr', KEYS[1])", [EpochKey], [])).IsAway) return false;
        missed = false;
        return true;
    }

    private static string Key(OrganizationId organization, string reference) => $"tag:{organization.Value}:{reference}";
}
