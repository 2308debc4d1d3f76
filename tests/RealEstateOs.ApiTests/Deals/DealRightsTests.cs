using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

/// <summary>Who may change what in which state, as docs/deals.md says it: each cell of its table is tried.</summary>
public sealed class DealRightsTests(Server server)
{
    private const string Heading = "## Who may change what";

    [Fact]
    public async Task Each_cell_of_the_table_in_the_documentation_is_so()
    {
        var scene = await Scene.SetAsync(server);
        var wrong = new List<string>();
        foreach (var (what, cells) in Table())
            foreach (var (who, expected) in cells)
                foreach (var answer in await Acts[what](scene, scene.Actors[who]))
                    if (expected != (answer.Status < 300 ? "yes" : $"{answer.Status}"))
                        wrong.Add($"{what}, {who}: {answer.Status}, not {expected}: {answer.Text}");
        Assert.Empty(wrong);
    }

    private static readonly Dictionary<string, Func<Scene, Actor, Task<Answer[]>>> Acts = new()
    {
        ["deal: see it, its history and transactions"] = async (s, a) => await (await s.OpenAsync()).EachAsync(deal => a.GetAsync(deal),
            deal => a.GetAsync($"{deal}/history"), deal => a.GetAsync($"{deal}/transactions")),
        ["open deal: all members, checklist"] = async (s, a) => await (await s.OpenAsync()).EachAsync(
            deal => a.PatchAsync(deal, new { value = 900_000, commission_rate = 3, notes = "Offered less" }),
            deal => a.PatchAsync(deal, new { splits = s.Splits(20) }),
            deal => a.PostAsync($"{deal}/checklist", new { title = "Keys" })),
        ["open deal: move, win"] = async (s, a) => await (await s.OpenAsync()).EachAsync(
            deal => a.PatchAsync(deal, new { stage = "contract" }), deal => a.PatchAsync(deal, new { stage = "closed_won" })),
        ["closed deal: notes, metadata, dates, team, checklist"] = async (s, a) => await (await s.ClosedAsync()).EachAsync(
            deal => a.PatchAsync(deal,
                new { notes = "Keys handed over", transfer_date = "2026-12-01", metadata = new { keys = 2 }, team_id = s.Office.TeamId }),
            deal => a.PatchAsync(deal, new { value = 1_000_000, splits = s.Splits(10) }),
            deal => a.PostAsync($"{deal}/checklist", new { title = "Archive" })),
        ["closed deal: value, currency, rates, splits, property, type, agent"] = async (s, a) =>
        {
            var other = await s.Office.NewPropertyAsync();
            return await (await s.ClosedAsync()).EachAsync(
                deal => a.PatchAsync(deal, new { value = 5 }), deal => a.PatchAsync(deal, new { currency = "AED" }),
                deal => a.PatchAsync(deal, new { commission_rate = 50 }),
                deal => a.PatchAsync(deal, new { vat_rate = 1 }), deal => a.PatchAsync(deal, new { splits = s.Splits(90) }),
                deal => a.PatchAsync(deal, new { splits = Array.Empty<object>() }), deal => a.PatchAsync(deal, new { house_share = 40 }),
                deal => a.PatchAsync(deal, new { commission_fees = new[] { new { description = "Desk fee", amount = 1 } } }),
                deal => a.PatchAsync(deal, new { property_id = other }), deal => a.PatchAsync(deal, new { deal_type = "lease" }),
                deal => a.PatchAsync(deal, new { assigned_to = s.Office.AdminId }));
        },
        ["closed deal: stage"] = async (s, a) => await (await s.ClosedAsync()).EachAsync(
            deal => a.PatchAsync(deal, new { stage = "negotiation" }), deal => a.PatchAsync(deal, new { stage = "closed_lost" })),
        ["closed deal: reopen"] = async (s, a) => await (await s.ClosedAsync()).EachAsync(deal => a.PostAsync($"{deal}/reopen", new { })),
        ["deal: delete, restore"] = async (s, a) => await (await s.ClosedAsync()).EachAsync(deal => a.DeleteAsync(deal),
            deal => a.PostAsync($"{deal}/restore")),
        ["deal: issue an invoice"] = async (s, a) => await (await s.ClosedAsync()).EachAsync(
            deal => a.PostAsync($"{deal}/invoices", new { bill_to = new { name = "Layla Haddad" } })),
        ["deal: record a transaction"] =
            async (s, a) => await (await s.ClosedAsync()).EachAsync(deal => a.PostAsync($"{deal}/transactions", Scene.Deposit)),
        ["transaction: move along"] = async (s, a) => await (await s.TransactionAsync()).EachAsync(
            t => a.PatchAsync($"{t}/status", new { status = "pending" }), t => a.PatchAsync($"{t}/status", new { status = "cancelled" })),
        ["completed transaction: move"] = async (s, a) => await (await s.TransactionAsync("completed")).EachAsync(
            t => a.PatchAsync($"{t}/status", new { status = "cancelled" }), t => a.PatchAsync($"{t}/status", new { status = "draft" })),
        ["portfolio: change, add and remove properties, reconcile"] = async (s, a) =>
        {
            var property = await s.Office.NewPropertyAsync();
            return await (await s.PortfolioAsync()).EachAsync(
                p => a.PatchAsync(p, new { name = "Renamed" }), p => a.PostAsync($"{p}/properties/{property}"),
                p => a.DeleteAsync($"{p}/properties/{property}"),
                p => a.PostAsync("/api/v1/portfolio/reconcile", new { portfolio_id = p.Split('/')[^1] }));
        },
        ["portfolio: delete, restore"] = async (s, a) => await (await s.PortfolioAsync()).EachAsync(p => a.DeleteAsync(p),
            p => a.PostAsync($"{p}/restore")),
        ["lead: assign"] = async (s, a) => await (await s.LeadAsync()).EachAsync(
            l => a.PostAsync($"{l}/assign", new { user_id = s.Office.AdminId })),
        ["lead: assign by a change of the lead"] = async (s, a) => await (await s.LeadAsync()).EachAsync(
            l => a.PatchAsync(l, new { assigned_to = s.Office.AdminId })),
        ["sequence: change, pause, bring leads in"] = async (s, a) =>
        {
            var lead = (await s.LeadAsync()).Split('/')[^1];
            return await (await s.SequenceAsync()).EachAsync(
                q => a.PatchAsync(q, new { name = "Renamed" }), q => a.PostAsync($"{q}/pause", new { action = "pause" }),
                q => a.PostAsync($"{q}/pause", new { action = "resume" }),
                q => a.PostAsync($"{q}/enroll", new { lead_ids = new[] { lead } }));
        },
        ["sequence: delete, restore"] = async (s, a) => await (await s.SequenceAsync()).EachAsync(q => a.DeleteAsync(q),
            q => a.PostAsync($"{q}/restore")),
    };

    private static IEnumerable<(string What, IEnumerable<(string Who, string Expected)> Cells)> Table()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "deals.md"))) folder = folder.Parent!;
        var rows = File.ReadLines(Path.Combine(folder.FullName, "docs", "deals.md")).SkipWhile(line => line != Heading).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(Acts.Keys.Order(StringComparer.Ordinal), rows.Skip(1).Select(r => r[0]).Order(StringComparer.Ordinal));
        return rows.Skip(1).Select(row => (row[0], rows[0].Zip(row).Skip(1).Select(cell => (cell.First, cell.Second))));
    }

    /// <summary>An office with one of each: who manages, who may all but reopen, and four who may only what is theirs.</summary>
    private sealed class Scene(Office office, Dictionary<string, Actor> actors, Dictionary<string, long> ids)
    {
        private static readonly string[] OwnOnly =
        [
            "properties:read", "properties:update", "leads:read", "leads:update", "deals:create", "deals:read:own", "deals:update:own",
            "transactions:read:own", "transactions:create:own", "transactions:update:own", "portfolios:create",
            "portfolios:read:own", "portfolios:update:own", "leads:create", "leads:assign:own",
            "nurturing:create", "nurturing:read:own", "nurturing:update:own", "nurturing:enroll:own",
        ];

        public static readonly object Deposit = new { transaction_type = "deposit", amount = 10, transaction_date = "2026-11-01" };

        public Office Office => office;

        public Dictionary<string, Actor> Actors => actors;

        public static async Task<Scene> SetAsync(Server server)
        {
            var office = await server.NewOfficeAsync();
            (await office.Admin.PostAsync("/api/v1/roles", new { name = "own", permissions = OwnOnly })).Must(201);
            var (actors, ids) = (new Dictionary<string, Actor>(), new Dictionary<string, long>());
            foreach (var (who, role) in new[] { ("manager", "manager"), ("agent", "agent"), ("assignee", "own"), ("creator", "own"),
                ("shares", "own"), ("other", "own") })
                (actors[who], ids[who], _) = await office.NewUserAsync(role);
            return new Scene(office, actors, ids);
        }

        public object[] Splits(int percent) =>
            [new { user_id = ids["assignee"], percent = 100 - percent }, new { user_id = ids["shares"], percent }];

        public async Task<string> OpenAsync()
        {
            var deal = (await actors["creator"].PostAsync("/api/v1/deals", new
            {
                property_id = await office.NewPropertyAsync(), deal_type = "sale", value = 1_000_000, currency = "USD", commission_rate = 2,
                assigned_to = ids["assignee"], splits = Splits(10),
            })).Must(201).Id();
            return $"/api/v1/deals/{deal}";
        }

        public async Task<string> ClosedAsync()
        {
            var deal = await OpenAsync();
            (await actors["assignee"].PatchAsync(deal, new { stage = "closed_won" })).Must(200);
            return deal;
        }

        public async Task<string> TransactionAsync(string status = "draft")
        {
            var transaction = (await actors["manager"].PostAsync($"{await OpenAsync()}/transactions", Deposit)).Must(201).Id();
            if (status != "draft")
                (await actors["manager"].PatchAsync($"/api/v1/transactions/{transaction}/status", new { status })).Must(200);
            return $"/api/v1/transactions/{transaction}";
        }

        public async Task<string> LeadAsync()
        {
            var lead = (await actors["creator"].PostAsync("/api/v1/leads",
                new { first_name = "Lea", last_name = "Lead", assigned_to = ids["assignee"] })).Must(201).Id();
            return $"/api/v1/leads/{lead}";
        }

        public async Task<string> SequenceAsync()
        {
            var steps = new[] { new { type = "wait", delay_days = 3 } };
            var made = await actors["creator"].PostAsync("/api/v1/nurturing/sequences", new { name = "Welcome", steps });
            return $"/api/v1/nurturing/sequences/{made.Must(201).Id()}";
        }

        public async Task<string> PortfolioAsync() =>
            $"/api/v1/portfolios/{(await actors["creator"].PostAsync("/api/v1/portfolios", new { name = "Core" })).Must(201).Id()}";
    }
}

internal static class Attempts
{
    /// <summary>What each of these does with the record, one after the other.</summary>
    public static async Task<Answer[]> EachAsync(this string record, params Func<string, Task<Answer>>[] attempts)
    {
        var answers = new List<Answer>();
        foreach (var attempt in attempts) answers.Add(await attempt(record));
        return [.. answers];
    }
}
