using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealEstateOs.ApiTests.Cma;
using RealEstateOs.ApiTests.Fixture;
using SkiaSharp;

namespace RealEstateOs.ApiTests.Deals;

public sealed class InvoiceTests(Server server)
{
    private const string Path = "/api/v1/deals", Trn = "100123456700003";

    [Fact]
    public async Task Numbers_have_no_gap_however_many_issue_at_once_and_whatever_is_refused()
    {
        var office = await server.NewOfficeAsync();
        var deals = new List<long>();
        for (var i = 0; i < 8; i++) deals.Add((await office.NewDealAsync(members: ("commission_rate", 2))).Id());
        var lost = (await office.NewDealAsync(members: [("commission_rate", 2), ("stage", "closed_lost")])).Id();
        var answers = await Task.WhenAll(deals.Append(lost).Concat(deals)
            .Select(d => office.Admin.PostAsync($"{Path}/{d}/invoices", Buyer)));
        Assert.Equal([201, 409], answers.Select(a => a.Status).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 8).Select(n => string.Create(CultureInfo.InvariantCulture, $"INV-{n:000000}")),
            (await office.Admin.GetAsync($"{Path}/invoices")).Must(200).Items().Select(i => i.Text("number"))
                .Order(StringComparer.Ordinal));
        Assert.Equal(8, answers.Count(a => a.Status == 201));
    }

    [Fact]
    public async Task A_deals_invoices_are_never_more_than_its_commission_and_a_credit_note_takes_one_back_once()
    {
        var office = await server.NewOfficeAsync();
        await SetTaxOfficeAsync(office);
        var deal = await NewDealAsync(office);
        var first = (await office.Admin.PostAsync($"{deal}/invoices", new { bill_to = new { name = "Buyer" }, amount = 15_000 })).Must(201);
        var second = (await office.Admin.PostAsync($"{deal}/invoices", new { bill_to = new { name = "Seller" } })).Must(201);
        Assert.Equal((15_000m, 25_000m, 1_250m, 26_250m), (first.Number("net_amount"), second.Number("net_amount"),
            second.Number("vat_amount"), second.Number("total_amount")));
        Assert.Equal(["INV-000001", "INV-000002"], (await office.Admin.PostAsync($"{deal}/invoices", Buyer)).MustRefuse(409, "RES_003")
            .At("error.details.standing").Items().Select(n => n.GetString()));

        var credit = $"{Path}/invoices/{first.Id()}/credit";
        Assert.Equal(["reason"], (await office.Admin.PostAsync(credit, new { })).MustNameFields());
        var note = (await office.Admin.PostAsync(credit, new { reason = "Wrong payer" })).Must(201);
        Assert.Equal(("credit_note", "CN-000001", first.Id(), 15_000m, "Wrong payer"), (note.Text("kind"), note.Text("number"),
            note.Long("credits"), note.Number("net_amount"), note.Text("reason")));
        Assert.Equal(note.Id(), (await office.Admin.PostAsync(credit, new { reason = "Again" })).MustRefuse(409, "RES_003")
            .Long("error.details.credited_by"));
        (await office.Admin.PostAsync($"{Path}/invoices/{note.Id()}/credit", new { reason = "Back" })).MustRefuse(409, "RES_003");
        Assert.Equal(note.Id(), (await office.Admin.GetAsync($"{Path}/invoices/{first.Id()}")).Must(200).Long("credited_by"));
        Assert.Equal(15_000m, (await office.Admin.PostAsync($"{deal}/invoices", Buyer)).Must(201).Number("net_amount"));
        Assert.Equal(["INV-000001", "INV-000002", "CN-000001", "INV-000003"],
            (await office.Admin.GetAsync($"{deal}/invoices")).Must(200).Items().Select(i => i.Text("number")));
    }

    [Fact]
    public async Task A_paper_carries_the_office_s_logo_where_it_can_be_had_and_is_printed_without_it_else()
    {
        using var bitmap = new SKBitmap(40, 20);
        bitmap.Erase(SKColors.Teal);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var pictures = builder.Build();
        pictures.MapGet("/logo.png", () => Results.Bytes(png.ToArray(), "image/png"));
        await pictures.StartAsync(TestContext.Current.CancellationToken);
        var office = await server.NewOfficeAsync();
        var deal = await NewDealAsync(office);
        (string, bool)[] logos = [("http://127.0.0.1:1/logo.png", false), ($"{pictures.Urls.Single()}/logo.png", true)];
        foreach (var (logo, shown) in logos)
        {
            await server.ExecuteAsync("update auth.organizations set logo_url = $2 where id = $1", office.OrganizationId, logo);
            var pdf = (await office.Admin.GetAsync($"{deal}/commission-statement")).Content;
            Assert.Equal(shown, Encoding.Latin1.GetString(pdf).Contains("/Subtype /Image", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_office_without_a_tax_number_charges_no_vat()
    {
        var office = await server.NewOfficeAsync();
        var invoice = (await office.Admin.PostAsync($"{await NewDealAsync(office)}/invoices", Buyer)).Must(201);
        Assert.Equal((false, 40_000m, 0m, 0m, 40_000m), (invoice.IsTrue("is_tax_invoice"), invoice.Number("net_amount"),
            invoice.Number("vat_rate"), invoice.Number("vat_amount"), invoice.Number("total_amount")));
    }

    [Fact]
    public async Task What_was_issued_stays_whatever_becomes_of_the_deal_and_the_database_lets_nobody_change_it()
    {
        var office = await server.NewOfficeAsync();
        var deal = await NewDealAsync(office);
        var invoice = (await office.Admin.PostAsync($"{deal}/invoices", Buyer)).Must(201);
        (await office.Admin.PatchAsync(deal, new { value = 5 })).Must(200);
        (await office.Admin.DeleteAsync(deal)).Must(204);
        Assert.Equal(40_000m, (await office.Admin.GetAsync($"{Path}/invoices/{invoice.Id()}")).Must(200).Number("net_amount"));
        foreach (var sql in new[] { "update deals.invoices set net_amount = 1", "delete from deals.invoices" })
            foreach (var role in new[] { server.Addresses.AppConnectionString, server.Addresses.SystemConnectionString })
            {
                await using var connection = new NpgsqlConnection(role);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                await using var command = new NpgsqlCommand(sql, connection);
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(
                    () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
            }
    }

    [Fact]
    public async Task With_a_trn_it_is_a_tax_invoice_and_shows_what_the_law_wants_in_both_languages()
    {
        var office = await server.NewOfficeAsync();
        await SetTaxOfficeAsync(office);
        var deal = await NewDealAsync(office);
        Assert.Equal(["bill_to.name"], (await office.Admin.PostAsync($"{deal}/invoices", new { })).MustNameFields());
        Assert.Equal(["bill_to.address"],
            (await office.Admin.PostAsync($"{deal}/invoices", new { bill_to = new { name = "Omniyat", trn = Trn } })).MustNameFields());
        var invoice = (await office.Admin.PostAsync($"{deal}/invoices", new
        {
            bill_to = new { name = "Layla <b>Haddad", address = "Villa 4, Al Wasl", trn = "100999999900003" }, supplied_on = "2026-11-02",
            due_on = "2026-12-15",
        })).Must(201);
        Assert.True(invoice.IsTrue("is_tax_invoice"));
        foreach (var (language, title) in new[] { ("en", "Tax invoice INV-000001"), ("ar", "فاتورة ضريبية") })
        {
            var pdf = await office.Admin.GetAsync($"{Path}/invoices/{invoice.Id()}/pdf?language={language}");
            Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Header("Content-Type")));
            var text = (await PrintedFigures.TextOfAsync(pdf.Content)).Replace('\u00a0', ' ');
            foreach (var said in new[] { Trn, "100999999900003", "Bay Square 3", "Villa 4, Al Wasl", "Layla <b>Haddad", "AED 40,000.00",
                "AED 2,000.00", "AED 42,000.00", "12 Harbour Lane" }) Assert.Contains(said, text, StringComparison.Ordinal);
            if (language == "en") Assert.Contains(title, text, StringComparison.Ordinal);
        }
        (await office.Admin.GetAsync($"{Path}/invoices/{invoice.Id()}/pdf?language=fr")).MustNameFields();
    }

    [Fact]
    public async Task A_tax_invoice_in_another_currency_shows_its_vat_in_the_offices_own()
    {
        var office = await server.NewOfficeAsync();
        await SetTaxOfficeAsync(office);
        var deal = await NewDealAsync(office, ("currency", "USD"));
        Assert.Equal(["exchange_rate"], (await office.Admin.PostAsync($"{deal}/invoices", Buyer)).MustNameFields());
        var invoice = (await office.Admin.PostAsync($"{deal}/invoices",
            new { bill_to = new { name = "Buyer" }, exchange_rate = 3.6725m })).Must(201);
        Assert.Equal((2_000m, 7_345m), (invoice.Number("vat_amount"), invoice.Number("vat_in_home_currency")));
    }

    [Fact]
    public async Task A_trn_has_fifteen_digits_in_the_uae_and_without_the_offices_address_there_is_no_tax_invoice()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { country = "AE", currency = "AED" })).Must(200);
        Assert.Equal(["trn"], (await office.Admin.PatchAsync($"{Path}/settings", new { trn = "12345" })).MustNameFields());
        var settings = (await office.Admin.PatchAsync($"{Path}/settings", new { trn = Trn })).Must(200);
        Assert.Equal((Trn, 5m), (settings.Text("trn"), settings.Number("vat_rate")));
        (await office.Admin.PostAsync($"{await NewDealAsync(office)}/invoices", Buyer)).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task Who_does_not_see_the_deal_does_not_see_its_invoices_and_a_lost_deal_has_none()
    {
        var office = await server.NewOfficeAsync();
        var deal = await NewDealAsync(office);
        var invoice = (await office.Admin.PostAsync($"{deal}/invoices", Buyer)).Must(201).Id();
        var (own, _) = await office.NewUserWhoMayAsync("deals:read:own", "deals:invoice:own");
        foreach (var path in new[] { $"{Path}/invoices/{invoice}", $"{Path}/invoices/{invoice}/pdf", $"{deal}/invoices",
            $"{deal}/commission-statement" }) (await own.GetAsync(path)).Must(404);
        Assert.Empty((await own.GetAsync($"{Path}/invoices")).Must(200).Items());
        (await own.PostAsync($"{Path}/invoices/{invoice}/credit", new { reason = "Mine" })).Must(404);
        var (blind, _) = await office.NewUserWhoMayAsync("deals:read");
        Assert.True((await blind.GetAsync($"{Path}/invoices/{invoice}")).Must(200).IsNull("property_address"));
        Assert.Equal("12 Harbour Lane, Dubai",
            (await office.Admin.GetAsync($"{Path}/invoices/{invoice}")).Must(200).Text("property_address"));
        var lost = (await office.NewDealAsync(members: [("commission_rate", 2), ("stage", "closed_lost")])).Id();
        (await office.Admin.PostAsync($"{Path}/{lost}/invoices", Buyer)).MustRefuse(409, "RES_003");
        (await office.Admin.PostAsync($"{Path}/{(await office.NewDealAsync()).Id()}/invoices", Buyer)).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_statement_shows_every_part_of_the_commission_and_one_agents_alone_if_asked()
    {
        var office = await server.NewOfficeAsync();
        var (_, agent, _) = await office.NewUserAsync("agent");
        var deal = await NewDealAsync(office, ("co_broker", "Palm Homes"), ("co_broke_share", 50), ("house_share", 40),
            ("commission_fees", new[] { new { description = "Desk fee", amount = 1_000 } }), ("splits", new[]
            {
                new { user_id = office.AdminId, percent = 70 }, new { user_id = agent, percent = 30 },
            }));
        var whole = await TextAsync(office, $"{deal}/commission-statement");
        foreach (var said in new[] { "40,000.00", "Palm Homes", "-20,000.00", "Desk fee", "-1,000.00", "-7,600.00", "11,400.00", "7,980.00",
            "3,420.00", "2,000.00", "42,000.00" }) Assert.Contains(said, whole, StringComparison.Ordinal);
        var one = await TextAsync(office, $"{deal}/commission-statement?agent_id={agent}");
        Assert.Contains("3,420.00", one, StringComparison.Ordinal);
        Assert.DoesNotContain("7,980.00", one, StringComparison.Ordinal);
        Assert.Contains("3,420.00", await TextAsync(office, $"{deal}/commission-statement?language=ar"), StringComparison.Ordinal);
        var (_, stranger, _) = await office.NewUserAsync("agent");
        (await office.Admin.GetAsync($"{deal}/commission-statement?agent_id={stranger}")).MustNameFields();
    }

    [Fact]
    public async Task A_paper_speaks_the_offices_language_unless_it_is_asked_for_the_other()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        var paper = $"{await NewDealAsync(office)}/commission-statement";
        Assert.DoesNotContain("Gross commission", await TextAsync(office, paper), StringComparison.Ordinal);
        Assert.Contains("Gross commission", await TextAsync(office, $"{paper}?language=en"), StringComparison.Ordinal);
    }

    private static readonly object Buyer = new { bill_to = new { name = "Buyer" } };

    private static async Task<string> NewDealAsync(Office office, params (string Name, object? Value)[] members) =>
        $"{Path}/{(await office.NewDealAsync(members: [("value", 2_000_000), ("commission_rate", 2), ("vat_rate", 5), ("currency", "AED"),
            .. members])).Id()}";

    private static async Task SetTaxOfficeAsync(Office office)
    {
        (await office.Admin.PatchAsync("/api/v1/organization", new { country = "AE", currency = "AED", address = "Bay Square 3, Dubai" }))
            .Must(200);
        (await office.Admin.PatchAsync($"{Path}/settings", new { trn = Trn })).Must(200);
    }

    private static async Task<string> TextAsync(Office office, string path)
    {
        var pdf = await office.Admin.GetAsync(path);
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Header("Content-Type")));
        return await PrintedFigures.TextOfAsync(pdf.Content);
    }
}
