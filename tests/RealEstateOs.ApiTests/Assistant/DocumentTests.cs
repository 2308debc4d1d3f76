using System.IO.Compression;
using System.Text;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

public sealed class DocumentTests(Server server)
{
    private const string Rules =
        "# House rules\n\n## Parking\n\nEach flat in Marina Heights has two parking spaces on level B2.\n\n"
        + "## Pool\n\nThe pool opens at 6:30 and closes at 22:00.\n";

    [Fact]
    public async Task A_document_is_read_found_and_downloaded_as_it_was()
    {
        var office = await server.NewOfficeAsync();
        var document = await office.Admin.AddDocumentAsync(Rules, "rules.md", ("title", "House rules"));
        Assert.Equal(("processed", "text", "en", 2),
            (document.Text("status"), document.Text("kind"), document.Text("language"), (int)document.Long("passages")));
        Assert.Equal(Rules, (await server.Anonymous.GetAsync(document.Text("download_url")!)).Text);
        var passages = (await office.Admin.GetAsync($"/api/v1/documents/{document.Id()}/passages")).Must(200).Items();
        Assert.Equal(["House rules › Parking", "House rules › Pool"], passages.Select(p => p.Text("heading")));
    }

    [Fact]
    public async Task An_answer_quotes_the_passage_that_says_it_and_leads_to_it()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.md");
        var answer = await office.Admin.AskAsync("When does the pool close?");
        Assert.Equal("extract", answer.Text("mode"));
        Assert.Contains("closes at 22:00", answer.Text("answer"), StringComparison.Ordinal);
        var citation = answer.At("citations")[0];
        var read = (await office.Admin.GetAsync(citation.Text("url")!)).Must(200).Items();
        Assert.Equal(citation.Text("quote"), Assert.Single(read).Text("content"));
    }

    [Fact]
    public async Task What_no_document_says_is_not_known()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.md");
        var answer = await office.Admin.AskAsync("Who won the chess championship in Oslo?");
        Assert.Equal("not_found", answer.Text("mode"));
        Assert.Empty(answer.Sources());
    }

    [Fact]
    public async Task A_name_that_is_misspelt_is_found()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync("The contact of the developer is Mr Abdulrahman Kazemzadeh, extension 44.", "contacts.txt");
        var answer = await office.Admin.AskAsync("extension of Abdulrahmann Kazemzade");
        Assert.Contains("extension 44", answer.Text("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_sheet_say_what_their_values_mean()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync("building;area;year\nMarina Heights;Dubai Marina;2018\nPalm Views;Palm Jumeirah;2021\n",
            "buildings.csv");
        var answer = await office.Admin.AskAsync("In which year was Palm Views built?");
        Assert.Contains("building: Palm Views; area: Palm Jumeirah; year: 2021", answer.Text("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arabic_is_found_in_other_forms_of_its_words_and_letters()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(
            "رسوم الخدمة في مارينا هايتس هي ١٨٫٥ درهم لكل قدم مربع وتدفع في الأول من مارس كل عام.\n\nلا يجوز إلغاء العقد قبل نهاية السنة.",
            "دليل.txt");
        var answer = await office.Admin.AskAsync("متى تدفع رسوم خدمات مارينا هايتس؟");
        Assert.Contains("الأول من مارس", answer.Text("answer"), StringComparison.Ordinal);
        Assert.Contains("إلغاء", (await office.Admin.AskAsync("هل يجوز الغاء العقود قبل نهايه السنه؟")).Text("answer"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_document_is_found_no_more_until_it_is_restored()
    {
        var office = await server.NewOfficeAsync();
        var id = (await office.Admin.AddDocumentAsync(Rules, "rules.md")).Id();
        (await office.Admin.DeleteAsync($"/api/v1/documents/{id}")).Must(204);
        Assert.Equal("not_found", (await office.Admin.AskAsync("When does the pool close?")).Text("mode"));
        Assert.Equal(0, await server.CountAsync("assistant.lexemes where organization_id = $1 and passages <> 0", office.OrganizationId));
        (await office.Admin.PostAsync($"/api/v1/documents/{id}/restore")).Must(200);
        await Eventually.UntilAsync(() => office.Admin.AskAsync("When does the pool close?"),
            a => a.Text("mode") == "extract");
    }

    [Fact]
    public async Task What_was_read_in_again_stands_there_once()
    {
        var office = await server.NewOfficeAsync();
        var before = await office.Admin.AddDocumentAsync(Rules, "rules.md");
        (await office.Admin.PostAsync("/api/v1/documents/reindex", new { })).Must(202);
        await office.Admin.UntilAsync($"/api/v1/documents/{before.Id()}",
            d => d.Text("processed_at") != before.Text("processed_at"));
        Assert.Equal(2, await server.CountAsync("assistant.passages where organization_id = $1", office.OrganizationId));
        Assert.Equal(1, await server.CountAsync("assistant.corpora where organization_id = $1 and passages = 2", office.OrganizationId));
        Assert.Equal(0, await server.CountAsync("assistant.lexemes where organization_id = $1 and passages not in (1, 2)",
            office.OrganizationId));
    }

    [Fact]
    public async Task A_file_that_is_none_of_these_is_refused_whatever_its_name()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.UploadDocumentAsync([0, 1, 2, 3, 255], "report.pdf")).MustRefuse(415, "VAL_002");
        (await office.Admin.UploadDocumentAsync("", "empty.txt")).MustRefuse(422, "VAL_001");
        var faults = (await office.Admin.UploadDocumentAsync("x", "a.txt", ("access", "everybody"), ("team_id", "prop_1"),
            ("required_permission", "no:such"))).MustNameFields();
        Assert.Equal(["access", "required_permission", "team_id"], faults.Order());
        Assert.Equal(0, await server.CountAsync("assistant.documents where organization_id = $1", office.OrganizationId));
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_much_more_is_refused()
    {
        var office = await server.NewOfficeAsync();
        var swollen = Archive(("word/document.xml", new byte[40 * 1024 * 1024]));
        Assert.True(swollen.Length < 100_000);
        Assert.Equal(["file"], (await office.Admin.UploadDocumentAsync(swollen, "letter.docx")).MustNameFields());
        Assert.Equal(0, await server.CountAsync("assistant.documents where organization_id = $1", office.OrganizationId));
    }

    [Fact]
    public async Task A_broken_document_fails_with_a_sentence_and_an_event()
    {
        var office = await server.NewOfficeAsync();
        var document = await office.Admin.AddDocumentAsync(Archive(("word/document.xml", Encoding.UTF8.GetBytes("<not closed"))),
            "letter.docx");
        Assert.Equal(("failed", "The document has no text."), (document.Text("status"), document.Text("error")));
        Assert.Equal(1, await server.CountAsync(
            "platform.outbox where organization_id = $1 and event_type = 'document.processed' and payload->>'status' = 'failed'",
            office.OrganizationId));
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        return file.ToArray();
    }
}
