using static RealEstateOs.ApiTests.Lists.LargeKinds;
using static RealEstateOs.ApiTests.Lists.ManyRows;

namespace RealEstateOs.ApiTests.Lists;

/// <summary>What an office sends, posts and bills: lists that grow by the day.</summary>
internal static class LargeLogs
{
    public static readonly LargeKind Communications = new("/api/v1/communications", "outreach.communications",
        [
            ("property_id", Id("t.property_id")), ("lead_id", Id("null")), ("client_id", Id("null")), ("memo_key", "null"),
            ("token", "null"), ("template_id", Rare("t.template_id", "null")), ("state", Text("failed", "'sent'")),
            ("channel", Text("sms", "'email'")), ("address", "'r' || g || '@example.com'"), ("sent_at", Time), ("created_at", Time),
        ],
        Asking([
            ("property_id", "777"), ("lead_id", "777"), ("client_id", "777"), ("template_id", AsTheOriginal), ("status", "failed"),
            ("delivery_method", "sms"), ("channel", "sms"), ("recipient", "r7@example.com"), .. Ends("sent_at", Before, After),
            .. Ends("created_at", Before, After),
        ]),
        "delivery_method channel", "sent_at");

    public static readonly LargeKind Suppressions = new("/api/v1/communications/suppressions", "outreach.suppressions",
        [
            ("channel", Text("sms", "'email'")), ("address", "'r' || g || '@example.com'"), ("reason", Text("complained", "'manual'")),
            ("created_at", Ago),
        ],
        Asking([("channel", "sms"), ("address", "r7@example.com"), ("reason", "complained")]),
        "channel reason", "");

    public static readonly LargeKind Enrollments = new("/api/v1/nurturing/enrollments", "outreach.enrollments",
        [
            ("lead_id", "1000000 + g"),
            ("sequence_id",
                Rare("t.sequence_id", "(select max(id) from outreach.sequences s where s.organization_id = t.organization_id)")),
            ("status", Text("exited", "'completed'")), ("exit_reason", Text("replied", "null")), ("source", Text("filter", "'manual'")),
            ("created_at", Time), ("ended_at", Time), ("next_run_at", "null"),
        ],
        Asking([
            ("sequence_id", AsTheOriginal), ("lead_id", "1000007"), ("status", "exited"), ("exit_reason", "replied"), ("source", "filter"),
            .. Ends("created_at", Before, After), .. Ends("ended_at", Before, After),
        ]),
        "exit_reason source ended_at", "")
    {
        Before = async office => (await office.Admin.PostAsync("/api/v1/nurturing/sequences", new
        {
            name = "Another", steps = new[] { new { type = "email", delay_days = 1, subject = "x", content = "x" } },
        })).Must(201),
    };

    public static readonly LargeKind Posts = new("/api/v1/social/posts", "social.posts",
        [
            ("status", Text("failed", "'published'")), ("platform", Text("linkedin", "'facebook'")),
            ("link_token", "'t' || t.id || '-' || g"),
            ("post_type", Text("just_sold", "'new_listing'")), ("campaign_id", Rare("t.campaign_id", "null")),
            ("property_id", Id("null")), ("created_by", Id("t.created_by")), ("scheduled_at", Time), ("published_at", Time),
            ("created_at", Time), ("due_at", "null"),
        ],
        Asking([
            ("status", "failed"), ("platform", "linkedin"), ("post_type", "just_sold"), ("campaign_id", AsTheOriginal),
            ("property_id", "777"), ("created_by", "777"), .. Ends("scheduled_time", Before, After),
            .. Ends("published_at", Before, After), .. Ends("created_at", Before, After),
        ]),
        "platform post_type created_by", "scheduled_time published_at");

    public static readonly LargeKind Invoices = new("/api/v1/deals/invoices", "deals.invoices",
        [
            ("deal_id", Id("778")), ("kind", Text("credit_note", "'invoice'")), ("number", "'N' || g"), ("currency", Currency),
            ("credits", "null"), ("issued_on", $"({Time})::date"), ("created_at", Time),
        ],
        Asking([
            ("deal_id", "777"), ("kind", "credit_note"), ("number", "N7"), ("currency", "OMR"), .. Ends("issued_on", Before, After),
            .. Ends("created_at", Before, After),
        ]),
        "kind currency", "");

    public static readonly LargeKind Deliveries = new("/api/v1/webhooks/deliveries", "integrations.webhook_deliveries",
        [
            ("endpoint_id", Rare("t.endpoint_id",
                "(select max(id) from integrations.webhook_endpoints e where e.organization_id = t.organization_id)")),
            ("message_id", "'m' || g"), ("event_type", Text("deal.closed", "'lead.created'")), ("resource", Text("deal_777", "'lead_1'")),
            ("lane", "'l' || g"), ("status", Text("failed", "'delivered'")), ("response_status", Rare("500", "200")), ("created_at", Time),
        ],
        Asking([
            ("endpoint_id", AsTheOriginal), ("status", "failed"), ("event_type", "deal.closed"), ("resource", "deal_777"),
            ("response_status", "500"), ("message_id", "m7"), .. Ends("created_at", Before, After),
        ]),
        "", "")
    {
        Before = async office => (await office.Admin.PostAsync("/api/v1/webhooks/endpoints",
            new { url = "http://127.0.0.1:1024/other", event_types = new[] { "deal.closed" } })).Must(201),
    };
}
