namespace RealEstateOs.Platform.Persistence;

/// <summary>Where a change came from, for the audit log; whoever opens the scope says it.</summary>
public sealed class ChangeOrigin
{
    public string? RequestId { get; set; }

    /// <summary>The network address that asked.</summary>
    public string? Address { get; set; }

    /// <summary>The same; of IPv6 the network, within which one subscriber is free to choose.</summary>
    public string? Network { get; set; }

    /// <summary>What asked: a browser, a library, an API key.</summary>
    public string? Program { get; set; }
}
