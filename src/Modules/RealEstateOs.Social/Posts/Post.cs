using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Posts;

/// <summary>How far publishing has come. What is armed may have arrived: it is looked for, never simply sent again.</summary>
public enum PostPhase { New, Prepared, Armed }

/// <summary>A picture of a post: a file of ours, or an address elsewhere.</summary>
public sealed record PostPicture(string? FileKey, string? Url, string? Title, string? Source);

/// <summary>A post on one network, from its draft to what became of it.</summary>
internal sealed class Post : Entity<PostId>, IOwned<Post>
{
    public SocialCampaignId? CampaignId { get; set; }
    public PropertyId? PropertyId { get; set; }
    /// <summary>Null: the default account of the network, or a dry run where there is none.</summary>
    public SocialAccountId? AccountId { get; set; }
    public SocialPlatform Platform { get; set; }
    public PostType PostType { get; set; }
    public ContentStyle Style { get; set; }
    public required string Language { get; set; }
    /// <summary>As it is published, hashtags and link included.</summary>
    public required string Content { get; set; }
    public string[] Hashtags { get; set; } = [];
    public JsonElement Pictures { get; set; } = JsonSerializer.SerializeToElement(Array.Empty<PostPicture>());
    public PostStatus Status { get; set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public required string TimeZone { get; set; }
    /// <summary>The price that was asked when it was written: at another one it does not go out.</summary>
    public decimal? Price { get; set; }
    public required string LinkToken { get; set; }
    public string? LinkTarget { get; set; }
    public long Seed { get; set; }
    public int Turn { get; set; }
    /// <summary>When a publisher looks at it next; while one holds it, until when.</summary>
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>Counts who held it: an older holder has lost it.</summary>
    public int Claim { get; set; }
    public PostPhase Phase { get; set; }
    /// <summary>Ids of what was uploaded, as the network's adapter keeps them.</summary>
    public JsonElement? Prepared { get; set; }
    public DateTimeOffset? ArmedAt { get; set; }
    public int Looks { get; set; }
    public int Failures { get; set; }
    public string? NetworkId { get; set; }
    public string? Permalink { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public string? ErrorCode { get; set; }
    public string? Error { get; set; }
    public string? Remedy { get; set; }

    public static Expression<Func<Post, bool>> IsOwnedBy(UserId user) => p => p.CreatedBy == user;

    internal IReadOnlyList<PostPicture> PictureList
    {
        get => Pictures.Deserialize<List<PostPicture>>(Json.Options)!;
        set => Pictures = JsonSerializer.SerializeToElement(value, Json.Options);
    }

    /// <summary>Nothing of it has left yet, so that it may still become another.</summary>
    public bool CanChange => Status is PostStatus.Draft or PostStatus.Scheduled or PostStatus.Held or PostStatus.Failed
        or PostStatus.Cancelled or PostStatus.DryRun;

    /// <summary>Plans it, to the minute: what is due goes out at the beginning of its minute.</summary>
    public void ScheduleAt(DateTimeOffset time)
    {
        RequireChange("scheduled");
        ScheduledAt = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
        (Status, DueAt) = (PostStatus.Scheduled, ScheduledAt);
        StartAfresh();
    }

    public void PublishNow(DateTimeOffset now)
    {
        RequireChange("published");
        (Status, ScheduledAt, DueAt) = (PostStatus.Scheduled, now, now);
        StartAfresh();
    }

    public void ToDraft()
    {
        RequireChange("made a draft");
        (Status, ScheduledAt, DueAt) = (PostStatus.Draft, null, null);
        StartAfresh();
    }

    public void Cancel()
    {
        RequireChange("cancelled");
        (Status, DueAt) = (PostStatus.Cancelled, null);
    }

    public void Hold(string code, string reason, string remedy)
    {
        (Status, DueAt) = (PostStatus.Held, null);
        (ErrorCode, Error, Remedy) = (code, reason, remedy);
    }

    /// <summary>Somebody looked.</summary>
    public void Resolve(bool published, string? permalink, DateTimeOffset now)
    {
        if (published) (Status, PublishedAt, Permalink, Error, ErrorCode, Remedy) = (PostStatus.Published, ArmedAt ?? now, permalink, null,
            null, null);
        else
        {
            (Status, ScheduledAt, DueAt) = (PostStatus.Draft, null, null);
            StartAfresh();
        }
    }

    internal void RequireChange(string what)
    {
        if (!CanChange) throw Problem.Conflict($"A post that is {Vocabulary.Word(Status)} can't be {what}.",
            new Dictionary<string, object?> { ["status"] = Vocabulary.Word(Status) });
    }

    private void StartAfresh()
    {
        (Phase, Prepared, ArmedAt, Looks, Failures) = (PostPhase.New, null, null, 0, 0);
        (ErrorCode, Error, Remedy) = (null, null, null);
    }
}
