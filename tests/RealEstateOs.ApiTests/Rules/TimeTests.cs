using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Rules;

public sealed partial class TimeTests(Server server)
{
    [Fact]
    public async Task Every_time_in_an_answer_has_six_digits_after_its_second_wherever_it_comes_from()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var lead = (await office.NewLeadAsync()).Id();
        string[] paths =
        [
            "/auth/me", "/organization", "/users", "/teams", $"/properties/{property}", "/properties", $"/properties/{property}/timeline",
            $"/leads/{lead}", "/leads", "/jobs", "/audit-logs", "/properties/0",
        ];
        var answers = new List<string>();
        foreach (var path in paths) answers.Add((await office.Admin.GetAsync("/api/v1" + path)).Text);
        // Whole seconds, as a person gives them, and more digits than are kept.
        foreach (var at in (string[])["2099-12-01T09:00:00Z", "2099-12-01T09:00:00.1234567+04:00"])
            answers.Add((await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
                new { activity_type = "viewing", subject = "Marina", scheduled_at = at })).Must(201).GetRawText());
        var times = answers.SelectMany(a => Time().Matches(a).Select(m => m.Value)).ToList();
        Assert.True(times.Count > 20, $"only {times.Count} times were found");
        Assert.Contains("2099-12-01T09:00:00.000000Z", times);
        Assert.DoesNotContain(times, t => !SixDigits().IsMatch(t));
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d[^""\\ ]*")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
    private static partial Regex SixDigits();
}
