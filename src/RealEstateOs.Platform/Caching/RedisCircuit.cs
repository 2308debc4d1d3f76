using Microsoft.Extensions.Logging;

namespace RealEstateOs.Platform.Caching;

/// <summary>
/// After a failure one caller in a while tries again, the others don't wait; an outage is logged when it begins and when it ends.
/// </summary>
internal sealed partial class RedisCircuit(TimeSpan retryAfter, TimeProvider clock, ILogger logger)
{
    private readonly Lock _gate = new();
    private bool _out;
    private long _since;
    private long _tried;

    public bool MayTry()
    {
        if (!Volatile.Read(ref _out)) return true;
        lock (_gate)
        {
            if (!_out) return true;
            if (clock.GetElapsedTime(_tried) < retryAfter) return false;
            _tried = clock.GetTimestamp();
            return true;
        }
    }

    public void Failed(Exception reason)
    {
        lock (_gate)
        {
            _tried = clock.GetTimestamp();
            if (_out) return;
            _since = _tried;
            Volatile.Write(ref _out, true);
        }
        LogAway(logger, reason.GetType().Name, reason.Message);
    }

    public void Succeeded()
    {
        if (!Volatile.Read(ref _out)) return;
        TimeSpan outage;
        lock (_gate)
        {
            if (!_out) return;
            outage = clock.GetElapsedTime(_since);
            Volatile.Write(ref _out, false);
        }
        LogBack(logger, outage.TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Error}: {Reason}); the product goes on without it")]
    private static partial void LogAway(ILogger logger, string error, string reason);

    [LoggerMessage(LogLevel.Information, "Redis is back after {Seconds:0.0} s")]
    private static partial void LogBack(ILogger logger, double seconds);
}
