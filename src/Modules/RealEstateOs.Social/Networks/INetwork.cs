using System.Text.Json;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Networks;

/// <summary>A network's own way to take a post in, and to tell whether it did.</summary>
internal interface INetwork
{
    SocialPlatform Platform { get; }

    /// <summary>
    /// Uploads what the post shows. May be repeated: nothing is public before <see cref="PublishAsync"/>. Answers what that needs.
    /// </summary>
    Task<JsonElement> PrepareAsync(Publication post, CancellationToken ct);

    /// <summary>The one call that makes it public; it is never repeated by itself.</summary>
    Task<PostedAs> PublishAsync(Publication post, JsonElement prepared, CancellationToken ct);

    /// <summary>Where the post can be seen; null where the network does not say.</summary>
    Task<string?> PermalinkAsync(Publication post, PostedAs posted, CancellationToken ct);

    /// <summary>After a call without an answer: did it arrive?</summary>
    Task<LookedUp> LookUpAsync(Publication post, JsonElement? prepared, DateTimeOffset armedAt, int looks, CancellationToken ct);

    /// <summary>What the network counted of a published post; null where it counts nothing for this account.</summary>
    Task<Measured?> MeasureAsync(Publication post, string networkId, CancellationToken ct);

    /// <summary>Another token for the same account; null where the network gives none.</summary>
    Task<FreshTokens?> RefreshAsync(SocialAccount account, OpenTokens tokens, NetworkClient client, CancellationToken ct);

    /// <summary>What a dry run takes for the network's answer to a step.</summary>
    string DryAnswer(string step);
}

/// <summary>A post on its way, with the account, its token and the client that writes down each call.</summary>
internal sealed record Publication(Post Post, string AuthorId, string Token, NetworkClient Client, PostMedia Media);

internal sealed record PostedAs(string? NetworkId, string? Permalink = null);

internal sealed record OpenTokens(string Access, string? Refresh);

internal sealed record FreshTokens(string Access, string? Refresh, TimeSpan Lifetime);

internal sealed record Measured(long? Views, long? Reach, long? Likes, long? Comments, long? Shares, long? Saves, long? Clicks);

internal enum Verdict
{
    /// <summary>It is there.</summary>
    Found,

    /// <summary>It is not there, and sending it again can't double it.</summary>
    Repeat,

    /// <summary>Not known yet.</summary>
    LookAgain,

    /// <summary>It was looked for long enough and is not there.</summary>
    NotThere,

    /// <summary>The network offers no way to know.</summary>
    AskSomebody,
}

/// <param name="Anew">A repetition has to begin with new uploads.</param>
internal sealed record LookedUp(Verdict Verdict, PostedAs? As = null, bool Anew = false);

internal enum FaultKind
{
    /// <summary>The network refused this post; it would refuse it again.</summary>
    Rejected,

    /// <summary>The account has to be connected anew.</summary>
    Reconnect,

    /// <summary>Too much at once: later.</summary>
    RateLimited,

    /// <summary>What was uploaded is not ready yet.</summary>
    NotReady,

    /// <summary>Nothing happened; may be tried again.</summary>
    Temporary,

    /// <summary>It is there already.</summary>
    Duplicate,

    /// <summary>Refused, but the post may be there all the same.</summary>
    MaybePosted,
}

/// <summary>A network's clear answer that is not a yes: its code, its words, and what a person can do.</summary>
internal sealed class NetworkFault(FaultKind kind, string code, string message, string? remedy = null) : Exception(message)
{
    public FaultKind Kind => kind;

    public string Code => code;

    public string? Remedy => remedy;

    public TimeSpan? After { get; init; }

    /// <summary>What was uploaded and is used when it is tried again.</summary>
    public JsonElement? Kept { get; init; }

    /// <summary>The post that is there already, where the network names it.</summary>
    public string? ExistingId { get; init; }
}

/// <summary>Sent, and no clear answer came: nobody knows what happened.</summary>
internal sealed class NoAnswer(string message) : Exception(message);
