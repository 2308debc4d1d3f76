using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

internal static class RedisFaults
{
    /// <summary>
    /// A server that is loading, full or read-only is as good as away; a wrong command or script is our own fault and throws.
    /// </summary>
    public static bool MeansAway(Exception e) => e switch
    {
        RedisServerException server => !IsOurs(server.Message),
        RedisException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    // A restarted server has lost the scripts that the client believes are loaded; the client then sends the text again.
    public static bool ScriptWasForgotten(RedisServerException e) => e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);

    private static bool IsOurs(string message) =>
        message.StartsWith("ERR", StringComparison.Ordinal) || message.StartsWith("WRONGTYPE", StringComparison.Ordinal);
}
