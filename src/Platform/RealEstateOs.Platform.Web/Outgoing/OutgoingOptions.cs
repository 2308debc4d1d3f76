using System.Net;

namespace RealEstateOs.Platform.Outgoing;

/// <summary>Section <c>Outgoing</c>: where this product calls when a user names the address.</summary>
public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>
    /// Networks (<c>10.1.0.0/16</c>, <c>127.0.0.0/8</c>) that may be called although they are not public: receivers in the own house, and
    /// in tests.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>May an address be http? Default: in Development only.</summary>
    public bool? AllowHttp { get; set; }

    internal IPNetwork[] Networks => Array.ConvertAll(AllowedNetworks, IPNetwork.Parse);

    internal bool IsValid => AllowedNetworks.All(n => IPNetwork.TryParse(n, out _));
}
