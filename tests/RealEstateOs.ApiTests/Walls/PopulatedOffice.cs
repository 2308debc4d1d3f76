using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>An office with at least one row of everything that a route can name by id. A new kind of resource is added here.</summary>
internal static class PopulatedOffice
{
    public static async Task<Office> NewAsync(Server server)
    {
        var office = await server.NewOfficeAsync();
        var property = await AddPropertyAsync(office);
        var lead = await AddLeadAsync(office);
        await AddDealAsync(office, property, lead);
        await AddOutreachAsync(office);
        var sequence = (await office.Admin.PostAsync("/api/v1/nurturing/sequences", new { name = "x", steps = new[] { new { type = "email", delay_days = 1, subject = "x", content = "x" } } })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/nurturing/sequences/{sequence}/enroll", new { lead_ids = new[] { lead } })).Must(200);
        var client = (await office.Admin.PostAsync("/api/v1/clients", new { first_name = "Omar", last_name = "Khan", email = "omar@example.com" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/clients/{client}/activities", new { activity_type = "call", description = "x" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/cma/reports", new { subject_property = new { address = "Dubai Marina", bedrooms = 2, area_sqft = 1200, property_type = "apartment" } })).Must(202);
        (await office.Admin.PostAsync("/api/v1/cma/analytics/reports/generate", new { report_type = "market_analysis", parameters = new { location = "Dubai Marina" } })).Must(202);
        (await office.Admin.UploadAsync("address,city\n1 Wall St,Dubai\n"u8.ToArray(), "wall.csv")).Must(202);
        (await office.Admin.PostAsync("/api/v1/search/reindex", new { })).Must(202);
        var hook = (await office.Admin.PostAsync("/api/v1/webhooks/endpoints", new { url = "http://127.0.0.1:1024/wall", event_types = new[] { "deal.closed" } })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/webhooks/endpoints/{hook}/ping")).Must(200);
        return office;
    }

    private static async Task<long> AddPropertyAsync(Office office)
    {
        var id = await office.NewPropertyAsync(Samples.Property(("owner_email", "owner@example.com")));
        var property = $"/api/v1/properties/{id}";
        (await office.Admin.PostAsync($"{property}/valuations", new { value = 1, valuation_date = "2026-01-01" })).Must(201);
        (await office.Admin.PostAsync($"{property}/images", new { url = "https://example.com/wall.jpg" })).Must(201);
        (await office.Admin.PostAsync($"{property}/notes", new { content = "x" })).Must(201);
        (await office.Admin.PostAsync($"{property}/activities", new { activity_type = "call", description = "x" })).Must(201);
        return id;
    }

    private static async Task<long> AddLeadAsync(Office office)
    {
        var id = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina", last_name = "Lead", email = "lina@example.com", source = "website" })).Must(201).Id();
        var lead = $"/api/v1/leads/{id}";
        (await office.Admin.PostAsync($"{lead}/notes", new { content = "x" })).Must(201);
        (await office.Admin.PostAsync($"{lead}/activities", new { activity_type = "call", description = "x" })).Must(201);
        (await office.Admin.PostAsync($"{lead}/documents", new { title = "Passport", file_path = "passport.pdf" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/leads/assignment-rules", new { name = "All", agent_ids = new[] { office.AdminId } })).Must(201);
        return id;
    }

    private static async Task AddOutreachAsync(Office office)
    {
        var template = (await office.Admin.GetAsync("/api/v1/communications/templates?type=email")).Must(200).Items()[0].Id();
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", "owner@example.com")));
        (await office.Admin.PostAsync("/api/v1/quick-wins/generate-and-send", new { property_id = property, template_id = template })).Must(200);
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = "gone@example.com" })).Must(200);
        (await office.Admin.PostAsync("/api/v1/campaigns/templates", new { name = "x", campaign_type = "email", subject = "x", content = "x" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/campaigns", new { name = "x", campaign_type = "email", subject = "x", content = "x" })).Must(201);
    }

    private static async Task AddDealAsync(Office office, long property, long lead)
    {
        var deal = (await office.Admin.PostAsync("/api/v1/deals", new { property_id = property, lead_id = lead, deal_type = "sale", value = 1 })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/transactions", new { transaction_type = "deposit", amount = 1, transaction_date = "2026-01-01" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/portfolios", new { name = "x", property_ids = new[] { property } })).Must(201);
        (await office.Admin.GetAsync("/api/v1/deals/checklist-templates")).Must(200);
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/checklist", new { title = "x" })).Must(201);
        (await office.Admin.PutAsync("/api/v1/deals/fees/schedules", new { valid_from = "2026-01-01", rates = new { noc_fee = 1 } })).Must(200);
    }
}
