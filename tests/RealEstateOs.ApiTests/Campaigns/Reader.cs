using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Campaigns;

/// <summary>Somebody who reads a mail some time after it left.</summary>
internal static class Reader
{
    public static readonly (string, string) Person = ("User-Agent",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/604.1");

    public static Task LeftLongAgoAsync(this Server server, long campaign) => server.ExecuteAsync(
        "update outreach.campaign_recipients set sent_at = sent_at - interval '1 hour' where campaign_id = $1", campaign);
}
