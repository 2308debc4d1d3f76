using Microsoft.Extensions.Configuration;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.UnitTests.Outreach;

public sealed class TrackedLinksTests
{
    private const string Content = "<p><a href=\"https://a.example/?x=1&amp;y=2\">A</a> <a href=\"https://b.example/{{first_name}}\">B</a> "
        + "<a href=\"https://c.example/\">C</a></p>";

    private readonly TrackedLinks links = new(new PublicAddress(new ConfigurationBuilder().Build()));

    [Fact]
    public void A_content_stays_one_for_all_its_recipients_and_its_links_are_each_ones_own()
    {
        var tracked = TrackedLinks.Track(Content);
        Assert.Equal("<p><a href=\"{{click_url}}/0\">A</a> <a href=\"https://b.example/{{first_name}}\">B</a> "
            + "<a href=\"{{click_url}}/1\">C</a></p>", tracked);
        foreach (var token in new[] { TrackedLinks.NewToken(), TrackedLinks.NewToken() })
        {
            var values = new Dictionary<string, string?> { ["first_name"] = "lina", [TrackedLinks.Variable] = links.Clicks(token) };
            Assert.Equal($"<p><a href=\"http://localhost:8000/c/{token}/0\">A</a> <a href=\"https://b.example/lina\">B</a> "
                + $"<a href=\"http://localhost:8000/c/{token}/1\">C</a></p>", MessageTemplate.Html(tracked, values));
        }
        Assert.Equal(("https://a.example/?x=1&y=2", "https://c.example/"),
            (TrackedLinks.Target(Content, 0), TrackedLinks.Target(Content, 1)));
    }
}
