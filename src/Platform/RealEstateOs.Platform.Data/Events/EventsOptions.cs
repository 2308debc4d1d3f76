using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Platform.Events;

/// <summary>Section <c>Events</c>: the outbox, its subscribers and the live streams.</summary>
public sealed class EventsOptions
{
    public const string Section = "Events";

    /// <summary>How often readers look by themselves where no hint reaches them.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 500;

    /// <summary>The first pause after a failed handler; it doubles up to a minute.</summary>
    [Range(1, 60_000)]
    public int RetryBaseMilliseconds { get; set; } = 500;

    /// <summary>After so many failures an event is parked and its subscription goes on.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    [Range(1, 3_650)]
    public int RetentionDays { get; set; } = 7;

    /// <summary>How far back a stream replays from <c>Last-Event-ID</c>.</summary>
    [Range(1, 168)]
    public int ReplayHours { get; set; } = 24;

    /// <summary>Open streams of one user on one host.</summary>
    [Range(1, 10_000)]
    public int StreamsPerUser { get; set; } = 10;

    [Range(1, 300)]
    public int HeartbeatSeconds { get; set; } = 15;

    /// <summary>How often an open stream asks whether its session still stands, and with which permissions.</summary>
    [Range(1, 600)]
    public int SessionCheckSeconds { get; set; } = 30;

    /// <summary>A client that takes nothing for so long is disconnected.</summary>
    [Range(1, 300)]
    public int StuckSeconds { get; set; } = 20;

    /// <summary>How many events wait in memory for one client; further ones it reads from the outbox at its own pace.</summary>
    [Range(1, 100_000)]
    public int StreamBuffer { get; set; } = 1_000;

    internal TimeSpan Poll => TimeSpan.FromMilliseconds(PollMilliseconds);
}
