namespace RealEstateOs.Platform.Problems;

/// <summary>No room for a file: nobody's fault who asks, and worth saying as what it is.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28, OverQuota = 122, WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(Exception exception) => exception is IOException { HResult: NoSpace or OverQuota or WindowsDiskFull };

    public static Problem Problem() => new(507, ErrorCodes.Unavailable, "InsufficientStorageError",
        "There is no room left to store this. Tell the operators of this installation.");
}
