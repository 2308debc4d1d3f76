using RealEstateOs.ApiTests.Cma;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class QuotaTests(Server server)
{
    private const string Reports = "/api/v1/cma/reports";

    private static Dictionary<string, object?> Home =>
        Samples.Property(("address", "Quay House"), ("community", "Harbourside"), ("property_type", "apartment"), ("bedrooms", 2),
            ("square_feet", 964));

    [Fact]
    public async Task The_plans_reports_of_a_day_are_counted_by_success_and_for_one_organization()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        await Town.OpenAsync(server);
        var body = new { property_id = await office.NewPropertyAsync(Home), market = Town.Market };
        for (var i = 0; i < 3; i++) (await office.Admin.PostAsync(Reports, new { property_id = 999_999_999 })).Must(422);
        for (var i = 0; i < 3; i++) (await office.Admin.PostAsync(Reports, body, ("Idempotency-Key", "once"))).Must(202);
        for (var i = 1; i < 20; i++) (await office.Admin.PostAsync(i % 2 == 0 ? Reports : "/api/v1/reports/cma", body)).Must(202);
        var refused = await office.Admin.PostAsync(Reports, body);
        refused.MustRefuse(429, "RATE_002");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 86_400);
        (await office.Admin.PostAsync(Reports, body, ("Idempotency-Key", "once"))).Must(202);
        (await other.Admin.PostAsync(Reports, new { property_id = await other.NewPropertyAsync(Home), market = Town.Market })).Must(202);
    }
}
