using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>
/// Thirty questions as people ask them, over papers of an office and pages of this product's documentation, answered without a language
/// model. One is right where the answer cites, among its first sources, the passage that says it. The measure is the share of right ones.
/// </summary>
public sealed class QuestionTests(Server server, ITestOutputHelper output)
{
    private const double Required = 0.85;

    private static readonly string[] Pages = ["accounts", "deals", "leads", "marketing", "outreach", "webhooks", "workflows"];

    private static readonly (string Question, string Title, string Says)[] Questions =
    [
        ("How much is the rent of flat 1204 and how is it paid?", "tenancy-agreement.md", "four cheques"),
        ("When does Leila Haddad get her deposit back?", "tenancy-agreement.md", "within 14 days"),
        ("Is a dog allowed in the flat?", "tenancy-agreement.md", "small dog"),
        ("Who pays when the air conditioning breaks?", "tenancy-agreement.md", "air conditioning"),
        ("Can the tenant sublet the flat?", "tenancy-agreement.md", "may not be sublet"),
        ("What does it cost to leave before the contract is over?", "tenancy-agreement.md", "two months' rent"),
        ("What happens when a cheque bounces?", "tenancy-agreement.md", "AED 750"),
        ("Until when may we swim?", "house-rules.md", "22:00"),
        ("Where do guests leave their car?", "house-rules.md", "level B1"),
        ("Which days can I move my furniture in?", "house-rules.md", "Sunday to Thursday"),
        ("What are the quiet hours?", "house-rules.md", "23:00 to 7:00"),
        ("How do I get rid of an old sofa?", "house-rules.md", "first Monday"),
        ("Can we grill on the balcony?", "house-rules.md", "prohibited on balconies"),
        ("What commission does a buyer pay?", "commission-policy.md", "2 % of the price"),
        ("When do agents get their commission?", "commission-policy.md", "10th of the month"),
        ("Two agents claim the same client, who wins?", "commission-policy.md", "earlier signed viewing form"),
        ("What is the service charge of Creek Gate Tower 2?", "service-charges.csv", "14.75"),
        ("Who is the developer of Palm Views East?", "service-charges.csv", "Nakheel"),
        ("How much of their own money does a first-time buyer need?", "mortgage-notes.md", "at least 20 %"),
        ("How long is a mortgage pre-approval valid?", "mortgage-notes.md", "good for 60 days"),
        ("Up to what age can somebody pay off a loan?", "mortgage-notes.md", "turns 65"),
        ("Somebody lost the key of a home, what now?", "viewing-guide.txt", "lock is changed"),
        ("How soon after a viewing do we call the visitors?", "viewing-guide.txt", "within 24 hours"),
        ("متى يعاد مبلغ التأمين؟", "دليل-المستأجر.txt", "أربعة عشر"),
        ("كم رسوم تسجيل العقد؟", "دليل-المستأجر.txt", "مئتان وعشرون"),
        ("من يدفع تكاليف الصيانة البسيطة؟", "دليل-المستأجر.txt", "فعلى المستأجر"),
        ("How is the signature of a webhook checked?", "webhooks.md", "HMAC-SHA256"),
        ("What makes up the score of a lead?", "leads.md", "completeness 15"),
        ("For how long is an account locked after failed sign-ins?", "accounts.md", "15 minutes"),
        ("What do I need before an advertisement may be published in Dubai?", "marketing.md", "permit number"),
    ];

    private static readonly string[] Unanswered =
    [
        "Who won the chess championship in Oslo?", "What is the boiling point of mercury?",
        "Which restaurants near the office serve sushi?",
        "How do I repair a bicycle tyre?", "When was the Eiffel Tower painted last?", "ما هي عاصمة اليابان؟",
    ];

    [Fact]
    public async Task Most_questions_are_answered_with_the_passage_that_says_it()
    {
        var office = await server.NewOfficeAsync();
        await UploadAsync(office);
        await EmbeddedAsync(office);
        await Until.IsAsync(
            () => office.Admin.PostAsync("/api/v1/ai/assist", new { message = "Until when may we swim?" }),
            a => a.Text("retrieval") == "hybrid");
        var wrong = new List<string>();
        foreach (var (question, title, says) in Questions)
        {
            var answer = await office.Admin.AskAsync(question);
            if (!Cites(answer, title, says)) wrong.Add($"{question} -> {string.Join(" | ", answer.Sources())}: {answer.Text("answer")}");
        }
        var right = (Questions.Length - wrong.Count) / (double)Questions.Length;
        output.WriteLine($"{right:0.00} of {Questions.Length} questions are right; not:\n{string.Join('\n', wrong)}");
        Assert.True(right >= Required, $"{right:0.00} are right; not:\n{string.Join('\n', wrong)}");
        foreach (var question in Unanswered)
        {
            var answer = await office.Admin.AskAsync(question);
            Assert.True(answer.Text("mode") == "not_found",
                $"{question} -> {string.Join(" | ", answer.Sources())}: {answer.Text("answer")}");
        }
    }

    private static bool Cites(JsonElement answer, string title, string says) => answer.At("citations").EnumerateArray().Any(c =>
        c.Text("title") == title && c.Text("quote")!.Contains(says, StringComparison.OrdinalIgnoreCase));

    private static async Task UploadAsync(Office office)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RealEstateOs.slnx"))) folder = Path.GetDirectoryName(folder)!;
        var files = Directory.GetFiles(Path.Combine(folder, "tests", "RealEstateOs.ApiTests", "Assistant", "Samples"))
            .Concat(Pages.Select(page => Path.Combine(folder, "docs", page + ".md"))).ToList();
        foreach (var file in files)
            (await office.Admin.UploadDocumentAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
                Path.GetFileName(file))).Must(202);
    }

    private async Task EmbeddedAsync(Office office)
    {
        const string Open = "assistant.documents as d where organization_id = $1 and (status = 'queued' or exists"
            + " (select from assistant.passages as p where p.document_id = d.id and p.language = 'en' and p.embedded_by is null))";
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); await server.CountAsync(Open, office.OrganizationId) > 0;)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(10), "the documents are still not embedded");
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }
}
