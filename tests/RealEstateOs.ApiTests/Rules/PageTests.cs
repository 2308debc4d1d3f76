using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>Pages and mails of the system, in a real browser under the eyes of axe-core.</summary>
public sealed class PageTests(Server server)
{
    [Theory]
    [InlineData("en", "Choose a password", "Confirm your e-mail address", "no longer good")]
    [InlineData("ar", "اختيار كلمة المرور", "تأكيد عنوان بريدك الإلكتروني", "لم يعد هذا الرابط صالحاً")]
    public async Task Pages_of_accounts_speak_the_browser_s_language_name_whom_they_are_for_and_send_a_new_link_where_one_has_ended(
        string language, string password, string verify, string ended)
    {
        await using var browser = await AxeBrowser.OpenAsync();
        foreach (var (path, title) in new[] { ("set-password", password), ("verify-email", verify) })
            await browser.MustBeCleanAsync(
                Of($"account/{path}#token=gone&for=lea@example.com&office=Harbour+%26+Sons&colour=7a1f3d"), async page =>
                {
                    Assert.Equal((title, "Harbour & Sons", "lea@example.com"), (await page.InnerTextAsync("h1"),
                        await page.InnerTextAsync("#office"), await page.InnerTextAsync("#whom")));
                    Assert.Equal("rgb(122, 31, 61)",
                        await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#form button')).backgroundColor"));
                    if (path == "set-password") await page.FillAsync("#password", "Correct-Horse-2026!");
                    await page.ClickAsync("#form button");
                    await page.WaitForSelectorAsync("#again:not([hidden])");
                    Assert.Contains(ended, await page.InnerTextAsync("#answer"), StringComparison.Ordinal);
                    Assert.Equal("lea@example.com", await page.InputValueAsync("#address"));
                }, 375, 812, language);
    }

    [Theory]
    [InlineData("en", "{0} invites you to {1}.")]
    [InlineData("ar", "{0} يدعوك إلى {1}.")]
    public async Task The_page_of_an_invitation_says_who_invites_and_where_to_and_takes_their_names_for_text(string language, string said)
    {
        const string host = "<img src=x> {1} $& O'Hara", office = "Harbour & Sons";
        await using var browser = await AxeBrowser.OpenAsync();
        var address = $"account/set-password#token=gone&for=lea@example.com&office={Uri.EscapeDataString(office)}";
        await browser.MustBeCleanAsync(Of($"{address}&host={Uri.EscapeDataString(host)}"), async page =>
        {
            Assert.Equal(said.Replace("{1}", office, StringComparison.Ordinal).Replace("{0}", host, StringComparison.Ordinal),
                (await page.InnerTextAsync("#invitation")).Replace("\u2068", "", StringComparison.Ordinal)
                    .Replace("\u2069", "", StringComparison.Ordinal));
            Assert.Equal(0, await page.Locator("main img").CountAsync());
        }, 375, 812, language);
        await browser.MustBeCleanAsync(Of(address), async page => Assert.False(await page.IsVisibleAsync("#invitation")), 375, 812,
            language);
    }

    [Theory]
    [InlineData("en", "Unsubscribe", "Welcome back")]
    [InlineData("ar", "إلغاء الاشتراك", "أهلاً بعودتك")]
    public async Task Unsubscribing_and_taking_it_back_are_pages_of_the_office(string language, string button, string back)
    {
        var (office, owner) = (await server.NewOfficeAsync("Harbour Homes"), $"owner-{Guid.NewGuid():n}@example.com");
        (await office.Admin.PatchAsync("/api/v1/organization", new { primary_color = "#7a1f3d" })).Must(200);
        var property = await office.NewPropertyAsync(Samples.Property(("owner_name", "Jane Doe"), ("owner_email", owner)));
        var template = await Outbox.TemplateAsync(office);
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
        var mail = await Outbox.ReadAsync(server, owner, _ => true);
        var address = Of(new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath);
        await using var browser = await AxeBrowser.OpenAsync();
        await browser.MustBeCleanAsync(mail.HtmlBody!, "a memo", isLetter: true);
        await browser.MustBeCleanAsync(address, width: 375, height: 812, language: language);
        await browser.MustBeCleanAsync(address, page => page.ClickAsync($"text={button}"), 375, 812, language);
        await browser.MustBeCleanAsync(address, async page =>
        {
            Assert.Equal("Harbour Homes", await page.InnerTextAsync("header"));
            await page.ClickAsync($"text={button}");
            await page.ClickAsync("button.quiet");
            await page.WaitForSelectorAsync($"text={back}");
        }, 375, 812, language);
    }

    [Theory]
    [InlineData("u/nobody", "en")]
    [InlineData("u/nobody", "ar")]
    [InlineData("p/nobodysownpageofhomes", "en")]
    [InlineData("social/connected?code=1&state=1", "en")]
    [InlineData("social/connected?code=1&state=1", "ar")]
    [InlineData("social/connected?error_description=No", "en")]
    [InlineData("hangfire/login", "en")]
    public async Task Axe_finds_nothing_on_a_page(string path, string language)
    {
        await using var browser = await AxeBrowser.OpenAsync();
        await browser.MustBeCleanAsync(Of(path), width: 375, height: 812, language: language);
        await browser.MustBeCleanAsync(Of(path), language: language);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Axe_finds_nothing_in_mails_about_an_account(string locale)
    {
        var office = await server.NewOfficeAsync("Harbour Homes");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale })).Must(200);
        var (_, _, email) = await office.NewUserAsync("agent");
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-request", new { email })).Must(202);
        await Eventually.UntilAsync(() => Outbox.Mails(server, email).Length > 1);
        await using var browser = await AxeBrowser.OpenAsync();
        foreach (var file in Outbox.Mails(server, email))
        {
            using var mail = await MimeKit.MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            await browser.MustBeCleanAsync(mail.HtmlBody!, mail.Subject!);
        }
    }

    private Uri Of(string path) => new(server.Client.BaseAddress!, path);
}
