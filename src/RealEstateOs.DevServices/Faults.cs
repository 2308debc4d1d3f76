namespace RealEstateOs.DevServices;

/// <summary>Turns what a tool wrote into one line that an operator can act on.</summary>
internal static class Faults
{
    public static string Explain(string text, string otherwise)
    {
        if (text.Contains("No space left on device", StringComparison.Ordinal)) return "the disk is full (No space left on device).";
        if (text.Contains("Read-only file system", StringComparison.Ordinal)) return "the data folder is on a read-only file system.";
        if (text.Contains("Permission denied", StringComparison.Ordinal)) return $"permission denied: {otherwise}";
        return otherwise.Length > 0 ? otherwise : "it said nothing.";
    }

    public static bool IsTakenPort(string log) =>
        log.Contains("Address already in use", StringComparison.Ordinal)
        || log.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal);

    public static string LastFault(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(
            line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "";
    }

    public static void DemandSpace(string folder, int megabytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace / (1024 * 1024);
        if (free < megabytes)
            throw new PrivateServicesException($"The disk is full: {free} MB are free at {folder}, {megabytes} MB are needed.");
    }
}
