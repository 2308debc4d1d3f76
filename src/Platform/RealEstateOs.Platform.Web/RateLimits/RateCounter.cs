using RealEstateOs.Platform.Caching;
using StackExchange.Redis;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>
/// Counts an act in all its windows or, when one of them is full, in none. One call to Redis; per process while Redis is away.
/// </summary>
internal sealed class RateCounter(RedisCache redis, LocalCounts local, TimeProvider clock)
{
    private const string Script = """
        local now, allowed, counts = tonumber(ARGV[1]), 1, {}
        for i = 1, #KEYS do
          local limit, length = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
          local kept = redis.call('HMGET', KEYS[i], 'i', 'c', 'p')
          local index, current, previous = tonumber(kept[1] or 0), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
          local running = math.floor(now / length)
          if index == running - 1 then
            index, current, previous = running, 0, current
          elseif index < running then
            index, current, previous = running, 0, 0
          end
          local elapsed = math.max(0, now - index * length)
          if previous * (length - elapsed) / length + current + 1 > limit then allowed = 0 end
          counts[i] = { index, current, previous, length }
        end
        local answer = { allowed }
        for i = 1, #KEYS do
          local count = counts[i]
          if allowed == 1 then
            count[2] = count[2] + 1
            redis.call('HSET', KEYS[i], 'i', count[1], 'c', count[2], 'p', count[3])
            redis.call('PEXPIRE', KEYS[i], 2 * count[4])
          end
          answer[#answer + 1] = count[1]
          answer[#answer + 1] = count[2]
          answer[#answer + 1] = count[3]
        end
        return answer
        """;

    public async Task<RateDecision> TakeAsync(RateWindow[] windows, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var arguments = new RedisValue[1 + (2 * windows.Length)];
        arguments[0] = now;
        for (var i = 0; i < windows.Length; i++)
        {
            arguments[(2 * i) + 1] = windows[i].Limit;
            arguments[(2 * i) + 2] = windows[i].Milliseconds;
        }

        var reply = await redis.EvaluateAsync(Script, windows.Select(w => w.Key), arguments, ct);
        return reply.TryGet(out var answer) ? Read((long[])answer!, windows, now) : local.Take(windows, now);
    }

    /// <summary>Uncounts an act that came to nothing.</summary>
    public async Task GiveBackAsync(RateWindow window)
    {
        const string script =
            "if tonumber(redis.call('HGET', KEYS[1], 'c') or 0) > 0 then redis.call('HINCRBY', KEYS[1], 'c', -1) end return 1";
        var reply = await redis.EvaluateAsync(script, [window.Key], []);
        if (reply.IsAway) local.GiveBack(window);
    }

    private static RateDecision Read(long[] answer, RateWindow[] windows, long now)
    {
        var counts = new WindowCount[windows.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = new WindowCount(answer[(3 * i) + 1], answer[(3 * i) + 2], answer[(3 * i) + 3]);
        return RateDecision.From(answer[0] == 1, windows, counts, now);
    }
}
