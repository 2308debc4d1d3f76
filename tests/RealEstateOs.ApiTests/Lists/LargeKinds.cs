using RealEstateOs.ApiTests.Fixture;
using static RealEstateOs.ApiTests.Lists.ManyRows;

namespace RealEstateOs.ApiTests.Lists;

/// <summary>A list of which an office has very many: how its rows differ, and what each of its filters is asked for.</summary>
/// <param name="Asked">
/// By the filter's name, a value that one row in a thousand has. A range is asked by its plain name, for the least and the greatest.
/// </param>
/// <param name="Walked">Filters that no index serves; docs/performance.md says why.</param>
/// <param name="WalkedSorts">Sorts that no index serves in at least one direction.</param>
internal sealed record LargeKind(string Path, string Table, (string Column, string Value)[] Differ, Dictionary<string, string> Asked,
    string Walked, string WalkedSorts)
{
    /// <summary>What the copies need beside the row that they are made of.</summary>
    public Func<Office, Task>? Before { get; init; }
}

internal static class LargeKinds
{
    /// <summary>What the copied row has in this member.</summary>
    public const string AsTheOriginal = "";

    internal const string Ago = "now() - g * interval '1 minute'", Soon = "now() + interval '4000 days'";
    internal const string Long = "now() - interval '4000 days'", Before = "2017-01-01", After = "2027-12-01";

    internal static string Id(string column) => Rare("777", column);

    internal static string Text(string rare, string common) => Rare($"'{rare}'", common);

    internal static string Span(string least, string most, string common) =>
        $"case g % ({Count} / 20) when 0 then {most} when 1 then {least} else {common} end";

    // Amounts are compared in the office's own currency, so the extremes are in that.
    internal static string Currency => $"case g % ({Count} / 20) when 2 then 'OMR' else 'USD' end";

    internal static string Time => Span(Long, Soon, Ago);

    internal static string Number => Span("-1", "9000000", "1000 + g % 1000");

    internal static (string, string)[] Ends(string name, string least, string most) => [($"{name}__lte", least), ($"{name}__gte", most)];

    internal static Dictionary<string, string> Asking(IEnumerable<(string Name, string Value)> asked) =>
        asked.ToDictionary(a => a.Name, a => a.Value);

    public static readonly LargeKind Leads = new("/api/v1/leads", "leads.leads",
        [
            ("email", "'l' || g || '@example.com'"), ("email_normalised", "'l' || g || '@example.com'"), ("phone", "null"),
            ("phone_e164", "'+9715' || (10000000 + g)"), ("external_id", "'x' || g"), ("status", Text("qualified", "'new'")),
            ("source", Text("referral", "'website'")), ("assigned_to", Span("null", "777", "t.assigned_to")),
            ("team_id", Id("7")), ("property_id", Id("null")), ("property_type", Text("villa", "'apartment'")),
            ("created_by", Id("t.created_by")),
            ("score", Span("0", "99", "10 + g % 50")), ("budget", Number), ("created_at", Time), ("updated_at", Time),
            ("last_contacted_at", Time), ("first_response_minutes", Number), ("status_changed_at", Time),
            ("assigned_by_rule", "null"),
            ("tags", Rare("array['pool']", "array['call']")), ("last_name", Text("Zanzibari", "'Smith' || g")),
            ("awaits_routing", "false"), ("intent", Text("rent", "'buy'")),
            ("portal", Text("bayut", "null")), ("portal_reference", Rare("'r' || g", "null")), ("bedrooms", Rare("9", "2")),
        ],
        Asking([
            ("status", "qualified"), ("source", "referral"), ("assigned_to", "777"), ("assigned_user_id", "777"),
            ("team_id", "777"),
            ("property_id", "777"), ("property_type", "villa"), ("created_by", "777"), ("external_id", "x7"),
            ("email", "l7@example.com"), ("phone", "+971510000007"),
            ("unassigned", "true"), .. Ends("score", "5", "95"), .. Ends("budget", "5", "8000000"),
            .. Ends("created_at", Before, After),
            .. Ends("updated_at", Before, After), .. Ends("last_contacted_at", Before, After),
            .. Ends("first_response_minutes", "5", "8000000"),
            ("tags", "pool"), ("search", "zanzibari"), ("intent", "rent"), ("portal", "bayut"),
            ("portal_reference", $"r{Count / 20}"), ("bedrooms", "9"),
        ]),
        "property_type created_by budget last_contacted_at first_response_minutes portal_reference bedrooms",
        "budget first_name status_changed_at last_contacted_at first_response_minutes");

    public static readonly LargeKind Properties = new("/api/v1/properties", "properties.properties",
        [
            ("external_id", "'x' || g"), ("team_id", Id("7")), ("current_stage", Text("closed_won", "'new'")),
            ("status", Text("sold", "'available'")),
            ("property_type", Text("villa", "'apartment'")), ("assigned_user_id", Id("t.assigned_user_id")),
            ("created_by", Id("t.created_by")),
            ("city", Text("Ajman", "'Dubai'")), ("state", Text("AJ", "'DU'")), ("zip_code", Text("00777", "'00001'")),
            ("country", Text("OM", "'AE'")), ("community", Text("Al Zorah", "'Dubai Marina'")), ("currency", Currency),
            ("bedrooms", Span("-1", "9", "1 + g % 3")), ("bathrooms", Span("-1", "9", "1 + g % 3")),
            ("has_memo", Rare("true", "false")),
            ("has_reply", Rare("true", "false")), ("bird_dog_score", Span("-1", "99", "10 + g % 50")), ("price", Number),
            ("estimated_value", Number), ("square_feet", Number), ("lot_size", Number),
            ("year_built", Span("1900", "2030", "2000 + g % 20")),
            ("created_at", Time), ("updated_at", Time), ("last_contact_at", Time), ("stage_changed_at", Time),
            ("tags", Rare("array['pool']", "array['call']")), ("description", Text("zanzibari", "'Homes'")),
            ("address", "g || ' Long Road'"), ("purpose", Text("rent", "'sale'")), ("rent_period", Text("month", "null")),
            ("memo_generated_at", Time), ("latitude", Rare("25.08", "10 + g % 10")), ("longitude", Rare("55.14", "20 + g % 10")),
        ],
        Asking([
            ("team_id", "777"), ("stage", "closed_won"), ("current_stage", "closed_won"), ("status", "sold"),
            ("property_type", "villa"), ("assigned_user_id", "777"),
            ("created_by", "777"), ("city", "Ajman"), ("state", "AJ"), ("zip_code", "00777"), ("country", "OM"),
            ("community", "Al Zorah"),
            ("external_id", "x7"), ("currency", "OMR"), ("bedrooms", "9"), ("bathrooms", "9"), ("has_memo", "true"),
            ("has_reply", "true"),
            .. Ends("bird_dog_score", "0", "90"), .. Ends("price", "5", "8000000"), .. Ends("estimated_value", "5", "8000000"),
            .. Ends("bedrooms", "0", "8"), .. Ends("bathrooms", "0", "8"), .. Ends("square_feet", "5", "8000000"),
            .. Ends("lot_size", "5", "8000000"),
            .. Ends("year_built", "1950", "2029"), .. Ends("created_at", Before, After), .. Ends("updated_at", Before, After),
            .. Ends("last_contact_at", Before, After), ("tags", "pool"), ("search", "zanzibari"), ("purpose", "rent"),
            ("rent_period", "month"), .. Ends("memo_generated_at", Before, After), ("near", "25.08,55.14"),
        ]),
        "status property_type created_by state country bedrooms bathrooms has_memo has_reply bird_dog_score " +
        "estimated_value square_feet lot_size year_built last_contact_at rent_period memo_generated_at",
        "price estimated_value bird_dog_score bedrooms square_feet year_built address city stage_changed_at " +
        "last_contact_at memo_generated_at");

    public static readonly LargeKind Clients = new("/api/v1/clients", "crm.clients",
        [
            ("email", "'c' || g || '@example.com'"), ("email_normalised", "'c' || g || '@example.com'"),
            ("external_id", "'x' || g"),
            ("type", Text("tenant", "'buyer'")), ("assigned_agent_id", Id("t.assigned_agent_id")), ("lead_id", Id("null")),
            ("created_by", Id("t.created_by")), ("created_at", Time), ("updated_at", Time), ("last_activity_at", Time),
            ("last_name", Text("Zanzibari", "'Smith' || g")), ("phone_e164", "null"), ("phone", "null"),
        ],
        Asking([
            ("type", "tenant"), ("assigned_agent_id", "777"), ("assigned_to", "777"), ("lead_id", "777"),
            ("email", "c7@example.com"), ("external_id", "x7"),
            ("created_by", "777"), .. Ends("created_at", Before, After), .. Ends("updated_at", Before, After),
            .. Ends("last_activity_at", Before, After), ("search", "zanzibari"),
        ]),
        "type created_by last_activity_at",
        "first_name last_activity_at");

    public static readonly LargeKind Deals = new("/api/v1/deals", "deals.deals",
        [
            ("stage", Span("'closed_won'", "'financing'", "'lead'")), ("deal_type", Text("lease", "'sale'")),
            ("property_id", Id("t.property_id")),
            ("lead_id", Id("null")), ("client_id", Id("null")), ("assigned_to", Id("t.assigned_to")), ("team_id", Id("7")),
            ("created_by", Id("t.created_by")), ("currency", Currency), ("value", Span("0", "9000000", "1000 + g % 1000")),
            ("probability", Span("0", "99", "10 + g % 50")), ("expected_close_date", $"({Time})::date"),
            ("closed_at", Span(Long, Soon, "null")),
            ("created_at", Time), ("updated_at", Time), ("stage_changed_at", Time), ("notes", Text("zanzibari", "'a deal'")),
        ],
        Asking([
            ("stage", "financing"), ("deal_type", "lease"), ("type", "lease"), ("property_id", "777"), ("lead_id", "777"),
            ("client_id", "777"), ("assigned_to", "777"),
            ("assigned_user_id", "777"),
            ("team_id", "777"), ("created_by", "777"), ("currency", "OMR"), ("status", "won"), .. Ends("value", "5", "8000000"),
            .. Ends("probability", "5", "95"), .. Ends("expected_close_date", Before, After), .. Ends("closed_at", Before, After),
            .. Ends("created_at", Before, After), .. Ends("updated_at", Before, After), ("search", "zanzibari"),
        ]),
        "deal_type type created_by currency probability",
        "probability closed_at stage_changed_at expected_close_date");

    public static readonly LargeKind Transactions = new("/api/v1/transactions", "deals.transactions",
        [
                        ("deal_id", Rare("t.deal_id", "null")), ("status", Text("cancelled", "'completed'")),
                        ("transaction_type", Text("expense", "'deposit'")), ("property_id", Id("t.property_id")),
            ("currency", Currency), ("created_by", Id("t.created_by")), ("amount", Number), ("commission_amount", Number),
            ("transaction_date", $"({Time})::date"), ("created_at", Time), ("updated_at", Time),
            ("description", Text("zanzibari", "'paid'")),
        ],
        Asking([
            ("deal_id", AsTheOriginal), ("status", "cancelled"), ("transaction_type", "expense"), ("type", "expense"),
            ("property_id", "777"), ("currency", "OMR"), ("created_by", "777"),
            .. Ends("amount", "5", "8000000"), .. Ends("commission_amount", "5", "8000000"),
            .. Ends("transaction_date", Before, After),
            .. Ends("created_at", Before, After), ("search", "zanzibari"),
        ]),
        "transaction_type type currency created_by amount commission_amount search",
        "updated_at amount commission_amount");

    public static readonly LargeKind AuditLog = new("/api/v1/audit-logs", "platform.audit_logs",
        [
            ("user_id", Id("t.user_id")), ("action", Text("deleted", "'created'")), ("resource_type", Text("rare", "'lead'")),
            ("resource_id", Id("1")), ("request_id", Text("rare", "'r' || g")), ("created_at", Time),
        ],
        Asking([
            ("user_id", "777"), ("action", "deleted"), ("resource_type", "rare"), ("resource_id", "777"), ("request_id", "rare"),
            .. Ends("created_at", Before, After),
        ]),
        "action request_id",
        "");

    public static TheoryData<string> Names => [.. All.Keys];

    public static readonly Dictionary<string, LargeKind> All = new()
    {
        ["leads"] = Leads, ["properties"] = Properties, ["clients"] = Clients, ["deals"] = Deals, ["transactions"] = Transactions,
        ["audit log"] = AuditLog, ["communications"] = LargeLogs.Communications, ["suppressions"] = LargeLogs.Suppressions,
        ["enrollments"] = LargeLogs.Enrollments, ["posts"] = LargeLogs.Posts, ["invoices"] = LargeLogs.Invoices,
        ["webhook deliveries"] = LargeLogs.Deliveries,
    };
}
