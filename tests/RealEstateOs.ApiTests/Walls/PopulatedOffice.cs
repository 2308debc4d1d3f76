using System.Globalization;
using RealEstateOs.ApiTests.Assistant;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>
/// An office with at least one row of everything that a route can name by id, all of it the administrator's and much of it linked. A new
/// kind of resource is added here, with a secret.
/// </summary>
internal static class PopulatedOffice
{
    /// <summary>What an answer may show only to who may read all records of its kind.</summary>
    public static readonly (string Mark, string Permission)[] Secrets =
    [
        ("secret-property", "properties:read"), ("7654321", "properties:read"), ("secret-lead", "leads:read"), ("4321765", "leads:read"),
        ("secret-client", "clients:read"), ("secret-deal", "deals:read"), ("1777777", "deals:read"),
        ("secret-transaction", "transactions:read"),
        ("5432176", "transactions:read"), ("secret-portfolio", "portfolios:read"), ("secret-campaign", "campaigns:read"),
        ("secret-sequence", "nurturing:read"),
        ("secret-reply", "communications:read"), ("secret-suppression", "communications:read"), ("secret-report", "cma:read"),
        ("secret-import", "data:read"),
        ("secret-hook", "webhooks:read"), ("secret-package", "marketing:read"), ("secret-post", "social:read"),
        ("secret-workflow", "workflows:read"),
        ("secret-document", "documents:read"), ("secret-review", "reviews:read"), ("secret-feedback", "feedback:read"),
        ("secret-knowledge", "knowledge:manage"),
    ];

    /// <summary>A workflow package of the office's own; packages are addressed by name.</summary>
    public const string Package = "look_at_it";

    public static async Task<Office> NewAsync(Server server)
    {
        var office = await server.NewOfficeAsync();
        var property = await AddPropertyAsync(office);
        var lead = await AddLeadAsync(office, property);
        var client = await AddClientAsync(office, property, lead);
        await AddDealAsync(office, property, lead, client);
        await AddOutreachAsync(office, lead);
        (await office.Admin.PostAsync("/api/v1/api-keys", new { name = "Wall" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/cma/reports", new
        {
            subject_property = new { address = "secret-report, Dubai Marina", location = "Dubai Marina", bedrooms = 2, area_sqft = 1200,
                property_type = "apartment" },
        })).Must(202);
        (await office.Admin.PostAsync("/api/v1/analytics/goals", new { metric = "sales", target = 8 })).Must(201);
        (await office.Admin.PostAsync("/api/v1/reports/performance", new { period = "30d", format = "csv" })).Must(202);
        (await office.Admin.PostAsync("/api/v1/cma/analytics/reports/generate",
            new { report_type = "market_analysis", parameters = new { location = "Dubai Marina" } })).Must(202);
        (await office.Admin.UploadAsync("address,city\n1 Wall St,Dubai\n"u8.ToArray(), "secret-import.csv")).Must(202);
        (await office.Admin.PostAsync("/api/v1/search/reindex", new { })).Must(202);
        var package = (await office.Admin.PostAsync("/api/v1/marketing/campaigns/full-package",
            new { property_id = property, name = "secret-package", target_channels = new[] { "email" } })).Must(202).Text("campaign_id");
        (await office.Admin.PostAsync($"/api/v1/marketing/campaigns/{package}/expenses",
            new { channel = "email", amount = 1, spent_on = "2026-01-01" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/marketing/feeds", new { portal = "website" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/marketing/templates",
            new { name = "Of the whole office", category = "email", html = "<p>{{headline}}</p>" })).Must(201);
        (await office.Admin.PutAsync("/api/v1/marketing/portals/property_finder/account",
            new { api_key = "secret-package", api_secret = "secret-package" })).Must(200);
        (await office.Admin.PostAsync($"/api/v1/marketing/portals/property_finder/listings/{property}/publish")).Must(202);
        (await office.Admin.PostAsync("/api/v1/social/posts",
            new { property_id = property, platforms = new[] { "facebook" }, custom_message = "secret-post" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/social/accounts", new { platform = "linkedin", name = "secret-post",
            external_id = "urn:li:organization:1", access_token = "secret-post" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/social/campaigns", new { campaign_name = "secret-post", property_id = property,
            platforms = new[] { "x" }, campaign_duration_days = 2, start_date = Tomorrow[..10] })).Must(201);
        (await office.Admin.PostAsync("/api/v1/workflows/packages", new
        {
            name = Package, display_name = "Look at it", parameters = new[] { new { name = "note", type = "text" } },
            steps = new[] { new { name = "ask", kind = "approval", inputs = new { question = "$parameters.note" } } },
        })).Must(201);
        (await office.Admin.PostAsync("/api/v1/workflows/execute",
            new { package_name = Package, parameters = new { note = "secret-workflow" } })).Must(202);
        var hook = (await office.Admin.PostAsync("/api/v1/webhooks/endpoints",
            new { url = "http://127.0.0.1:1024/wall", event_types = new[] { "deal.closed" }, description = "secret-hook" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/webhooks/endpoints/{hook}/ping")).Must(200);
        await AddAssistantAsync(office);
        return office;
    }

    private static async Task AddAssistantAsync(Office office)
    {
        await office.Admin.AddDocumentAsync("Nothing but a secret-document stands here.", "secret-document.txt");
        (await office.Admin.PostAsync("/api/v1/admin/knowledge",
            new { title = "secret-knowledge", content = "Nothing that anybody asks for.", required_permission = "knowledge:manage" })).Must(
                201);
        (await office.Admin.PostAsync("/api/v1/expertise/reviews", new { content = "secret-review" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/feedback", new { rating = 1, comment = "secret-feedback" })).Must(201);
        var session = (await office.Admin.PostAsync("/api/v1/chat/sessions", new { title = "wall" })).Must(201).Id();
        await using var socket = await ChatClient.OpenAsync(office.Server, office.Admin.Token!, $"/api/v1/chat/stream/{session}");
        await socket.SendAsync(new { type = "message", content = "What stands here?" });
        await socket.UntilAsync("done");
    }

    private static string Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1).ToString("O", CultureInfo.InvariantCulture);

    private static async Task<long> AddPropertyAsync(Office office)
    {
        var id = await office.NewPropertyAsync(Samples.Property(
            ("address", "1 secret-property Road"), ("owner_name", "secret-property owner"), ("owner_email", "owner@example.com"),
            ("price", 7654321), ("currency", "AED"),
            ("assigned_user_id", office.AdminId), ("community", "Dubai Marina"), ("property_type", "apartment"), ("square_feet", 1200),
            ("bedrooms", 2)));
        var property = $"/api/v1/properties/{id}";
        (await office.Admin.PostAsync($"{property}/valuations", new { value = 7654321, valuation_date = "2026-01-01" })).Must(201);
        (await office.Admin.PostAsync($"{property}/images", new { url = "https://example.com/wall.jpg" })).Must(201);
        (await office.Admin.PostAsync($"{property}/notes", new { content = "secret-property" })).Must(201);
        (await office.Admin.PostAsync($"{property}/activities", new { activity_type = "call", description = "secret-property" })).Must(201);
        return id;
    }

    private static async Task<long> AddLeadAsync(Office office, long property)
    {
        var id = (await office.Admin.PostAsync("/api/v1/leads", new
        {
            first_name = "Lina", last_name = "secret-lead", email = "secret-lead@example.com", source = "website", budget = 4321765,
            property_id = property, assigned_to = office.AdminId,
        })).Must(201).Id();
        var lead = $"/api/v1/leads/{id}";
        (await office.Admin.PostAsync($"{lead}/notes", new { content = "secret-lead" })).Must(201);
        (await office.Admin.PostAsync($"{lead}/activities",
            new { activity_type = "viewing", subject = "secret-lead", description = "secret-lead", scheduled_at = Tomorrow })).Must(201);
        (await office.Admin.PostAsync($"{lead}/documents", new { title = "secret-lead", file_path = "passport.pdf" })).Must(201);
        (await office.Admin.PostAsync("/api/v1/leads/assignment-rules", new { name = "All", agent_ids = new[] { office.AdminId } })).Must(
            201);
        return id;
    }

    private static async Task<long> AddClientAsync(Office office, long property, long lead)
    {
        var id = (await office.Admin.PostAsync("/api/v1/clients", new
        {
            first_name = "Omar", last_name = "secret-client", email = "secret-client@example.com", lead_id = lead,
            assigned_agent_id = office.AdminId,
            preferences = new { areas = new[] { "Dubai Marina" } },
        })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/clients/{id}/activities",
            new { activity_type = "call", description = "secret-client", scheduled_at = Tomorrow })).Must(201);
        (await office.Admin.PostAsync($"/api/v1/clients/{id}/properties", new { property_id = property })).Must(200);
        return id;
    }

    private static async Task AddOutreachAsync(Office office, long lead)
    {
        var template = (await office.Admin.GetAsync("/api/v1/communications/templates?type=email")).Must(200).Items()[0].Id();
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", "owner@example.com")));
        (await office.Admin.PostAsync("/api/v1/quick-wins/generate-and-send", new { property_id = property, template_id = template })).Must(
            200);
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = "secret-suppression@example.com" })).Must(200);
        await office.Server.ExecuteAsync(
            "insert into platform.outbox (organization_id, event_type, payload, occurred_at) "
                + "values ($1, 'reply.received', $2::jsonb, now())",
            office.OrganizationId, """{"communication_id": 1, "reply_text": "secret-reply"}""");
        (await office.Admin.PostAsync("/api/v1/campaigns/templates",
            new { name = "x", campaign_type = "email", subject = "x", content = "x" })).Must(201);
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "secret-campaign", campaign_type = "email", subject = "x", content = "x" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { })).Must(202);
        (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "secret-campaign", campaign_type = "email", subject = "x", content = "x" })).Must(201);
        var sequence = (await office.Admin.PostAsync("/api/v1/nurturing/sequences", new
        {
            name = "secret-sequence", steps = new[] { new { type = "email", delay_days = 1, subject = "x", content = "x" } },
        })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/nurturing/sequences/{sequence}/enroll", new { lead_ids = new[] { lead } })).Must(200);
    }

    private static async Task AddDealAsync(Office office, long property, long lead, long client)
    {
        var deal = (await office.Admin.PostAsync("/api/v1/deals", new
        {
            property_id = property, lead_id = lead, client_id = client, deal_type = "sale", value = 1777777, commission_rate = 2,
            notes = "secret-deal",
            assigned_to = office.AdminId, expected_close_date = Tomorrow[..10],
        })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/transactions", new { transaction_type = "deposit", amount = 5432176,
            transaction_date = "2026-01-01", description = "secret-transaction" })).Must(201);
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/invoices", new { bill_to = new { name = "secret-deal" } })).Must(201);
        (await office.Admin.GetAsync("/api/v1/deals/checklist-templates")).Must(200);
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/checklist", new { title = "secret-deal" })).Must(201);
        (await office.Admin.PutAsync("/api/v1/deals/fees/schedules", new { valid_from = "2026-01-01", rates = new { noc_fee = 1 } })).Must(
            200);
        var sold = await office.NewPropertyAsync(Samples.Property(
            ("currency", "AED"), ("community", "Dubai Marina"), ("property_type", "apartment"), ("square_feet", 1200), ("bedrooms", 2),
            ("price", 1800000)));
        (await office.Admin.PostAsync("/api/v1/portfolios",
            new { name = "secret-portfolio", property_ids = new[] { property, sold } })).Must(201);
        (await office.Admin.PostAsync("/api/v1/deals", new { property_id = sold, deal_type = "sale", value = 1777777, commission_rate = 2,
            stage = "closed_won", assigned_to = office.AdminId })).Must(201);
    }
}
