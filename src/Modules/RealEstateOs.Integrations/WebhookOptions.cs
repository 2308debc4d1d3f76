using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Integrations;

/// <summary>Section <c>Webhooks</c>, as far as it is about outgoing ones.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>What a receiver gets for its answer, connecting included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before the second attempt; it grows fourfold with each further one, up to <see cref="LongestDelay"/>.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromHours(6);

    /// <summary>With the usual waits, 12 attempts take about 32 hours.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 12;

    /// <summary>An endpoint is disabled when nothing has succeeded for so long …</summary>
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>… and so many attempts in a row have failed.</summary>
    [Range(1, 10_000)]
    public int DisableAfterFailures { get; set; } = 10;

    /// <summary>Deliveries under way at one endpoint, over all hosts; one where its last attempt failed.</summary>
    [Range(1, 100)]
    public int PerEndpoint { get; set; } = 4;

    /// <summary>Deliveries under way for one organization, over all hosts.</summary>
    [Range(1, 1_000)]
    public int PerOrganization { get; set; } = 16;

    /// <summary>Deliveries under way, over all hosts, to endpoints whose last attempt got no answer in time.</summary>
    [Range(1, 1_000)]
    public int ForHanging { get; set; } = 8;

    /// <summary>Deliveries under way on this host.</summary>
    [Range(1, 1_000)]
    public int Capacity { get; set; } = 64;

    /// <summary>How soon a delivery that another host queued is seen here.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Endpoints of an organization.</summary>
    [Range(1, 1_000)]
    public int MaxEndpoints { get; set; } = 50;

    /// <summary>
    /// How much longer than <see cref="Timeout"/> a delivery is its host's. What a killed host was sending goes out again after both.
    /// </summary>
    public TimeSpan LeaseMargin { get; set; } = TimeSpan.FromSeconds(15);

    public TimeSpan Lease => Timeout + LeaseMargin;
}
