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

    [Fact]
    public async Task Most_questions_are_answered_with_the_passage_that_says_it()
    {
        var office = await server.NewOfficeAsync();
        await UploadAsync(office);
        await EmbeddedAsync(office);
        await Eventually.UntilAsync(() => office.Admin.AskAsync("Until when may we swim?"),
            a => a.Text("retrieval") == "hybrid");
        var wrong = new List<string>();
        foreach (var (question, title, says) in Questions.All)
        {
            var answer = await office.Admin.AskAsync(question);
            if (!Cites(answer, title, says)) wrong.Add($"{question} -> {string.Join(" | ", answer.Sources())}: {answer.Text("answer")}");
        }
        var right = (Questions.All.Length - wrong.Count) / (double)Questions.All.Length;
        output.WriteLine($"{right:0.00} of {Questions.All.Length} questions are right; not:\n{string.Join('\n', wrong)}");
        Assert.True(right >= Required, $"{right:0.00} are right; not:\n{string.Join('\n', wrong)}");
        foreach (var question in Questions.Unanswered)
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
        foreach (var file in Questions.Files())
            (await office.Admin.UploadDocumentAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
                Path.GetFileName(file))).Must(202);
    }

    private async Task EmbeddedAsync(Office office)
    {
        const string Open = "assistant.documents as d where organization_id = $1 and (status = 'queued' or exists"
            + " (select from assistant.passages as p where p.document_id = d.id and p.language = 'en' and p.embedded_by is null))";
        await Eventually.UntilAsync(() => server.CountAsync(Open, office.OrganizationId), open => open == 0, TimeSpan.FromMinutes(10));
    }
}
