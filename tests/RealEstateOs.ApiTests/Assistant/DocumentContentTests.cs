using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>What is read of each kind of file, and cited by page.</summary>
public sealed class DocumentContentTests(Server server)
{
    [Fact]
    public async Task A_pdf_is_read_page_by_page_with_its_tables()
    {
        var office = await server.NewOfficeAsync();
        var document = await office.Admin.AddDocumentAsync(
            Files.Pdf(["House rules", "The pool closes at 22:00."],
                ["Charges", "Building\tYear\tCharge", "Marina Heights\t2018\t18.50", "Palm Views\t2009\t16.10"]), "rules.pdf");
        Assert.Equal(("processed", "pdf", 2), (document.Text("status"), document.Text("kind"), (int)document.Long("pages")));
        var citation = (await office.Admin.AskAsync("What is the charge of Palm Views?")).At("citations")[0];
        Assert.Equal(2, citation.Long("page"));
        Assert.Matches(@"Palm Views\s+2009\s+16\.10", citation.Text("quote"));
        Assert.Equal(1, (await office.Admin.AskAsync("When does the pool close?")).At("citations")[0].Long("page"));
    }

    [Fact]
    public async Task A_pdf_without_text_fails_and_says_so()
    {
        var office = await server.NewOfficeAsync();
        var document = await office.Admin.AddDocumentAsync(Files.Pdf([[]]), "scan.pdf");
        Assert.Equal("failed", document.Text("status"));
        Assert.Contains("text", document.Text("error"), StringComparison.Ordinal);
        var broken = await office.Admin.AddDocumentAsync("%PDF-1.7\nthis is none"u8.ToArray(), "broken.pdf");
        Assert.Equal("failed", broken.Text("status"));
    }

    [Fact]
    public async Task A_docx_is_read_as_its_reader_sees_it()
    {
        var office = await server.NewOfficeAsync();
        var rent = Files.Line(
            Files.Said("The rent is "), new DeletedRun(new Run(new DeletedText("AED 100,000"))), new InsertedRun(Files.Said("AED 120,000")),
            new Run(new RunProperties(new Vanish()), new Text(" secretly")), Files.Said(" a year."));
        var document = await office.Admin.AddDocumentAsync(
            Files.Docx(Files.Heading("Lease", 1), Files.Heading("Rent", 2), rent, Files.Rows(["Flat", "Floor"], ["1204", "12"])),
            "lease.docx");
        Assert.Equal(("processed", "docx"), (document.Text("status"), document.Text("kind")));
        var passage = Assert.Single((await office.Admin.GetAsync($"/api/v1/documents/{document.Id()}/passages")).Must(200).Items());
        Assert.Equal("Lease › Rent", passage.Text("heading"));
        Assert.Equal("The rent is AED 120,000 a year.\nFlat\tFloor\n1204\t12", passage.Text("content"));
    }

    [Fact]
    public async Task Each_sheet_of_an_xlsx_is_read_with_its_own_columns()
    {
        var office = await server.NewOfficeAsync();
        var sheets = new Dictionary<string, object>
        {
            ["Buildings"] = new[] { new { building = "Marina Heights", handed_over = new DateTime(2018, 5, 1), charge = 18.5 } },
            ["Contacts"] = new[] { new { name = "Omar", extension = 44 } },
        };
        var document = await office.Admin.AddDocumentAsync(Files.Xlsx(sheets), "office.xlsx");
        Assert.Equal(("processed", "xlsx"), (document.Text("status"), document.Text("kind")));
        var passages = (await office.Admin.GetAsync($"/api/v1/documents/{document.Id()}/passages")).Must(200).Items();
        Assert.Equal(
            [("Buildings", "building: Marina Heights; handed_over: 2018-05-01; charge: 18.5"), ("Contacts", "name: Omar; extension: 44")],
            passages.Select(p => (p.Text("heading"), p.Text("content"))));
    }

    [Fact]
    public async Task A_document_that_was_deleted_long_ago_goes_with_its_file_and_its_passages()
    {
        var office = await server.NewOfficeAsync();
        var document = await office.Admin.AddDocumentAsync("The pool closes at 22:00.", "old.txt");
        var kept = await office.Admin.AddDocumentAsync("Guests park on level B2.", "new.txt");
        foreach (var one in new[] { document, kept }) (await office.Admin.DeleteAsync($"/api/v1/documents/{one.Id()}")).Must(204);
        await server.ExecuteAsync("update assistant.documents set deleted_at = now() - interval '31 days' where id = $1", document.Id());
        await using var scope = server.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<PurgeDeletedRecords>(scope.ServiceProvider).RunAsync(null!,
            TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.CountAsync("assistant.documents where id = $1", document.Id()));
        Assert.Equal(404, (await server.Anonymous.GetAsync(document.Text("download_url")!)).Status);
        Assert.Equal(200, (await server.Anonymous.GetAsync(kept.Text("download_url")!)).Status);
        (await office.Admin.PostAsync($"/api/v1/documents/{kept.Id()}/restore")).Must(200);
    }
}
