using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>Sends files in and waits for their rows.</summary>
internal static class ImportDesk
{
    public static MultipartFormDataContent Form(byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        // The file first: what is said about it comes after its bytes.
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "file", name);
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        return form;
    }

    public static Task<Answer> UploadAsync(this Actor actor, byte[] file, string name, params (string Name, string Value)[] fields) =>
        actor.PostAsync("/api/v1/data/import",
            Form(file, name, fields.Any(f => f.Name is "entity" or "table") ? fields : [.. fields, ("entity", "properties")]));

    /// <summary>The finished import of a text.</summary>
    public static async Task<JsonElement> ImportAsync(this Actor actor, string text, string name = "houses.csv",
        params (string Name, string Value)[] fields)
    {
        var accepted = (await actor.UploadAsync(Encoding.UTF8.GetBytes(text), name, fields)).Must(202);
        return await actor.FinishedAsync(accepted.Text("id")!);
    }

    public static Task<JsonElement> FinishedAsync(this Actor actor, string id, int seconds = 120) => Eventually.UntilAsync(
        async () => (await actor.GetAsync($"/api/v1/data/imports/{id}")).Must(200),
        import => import.Text("status") is "completed" or "failed",
        TimeSpan.FromSeconds(seconds));

    public static async Task<(long Line, string? Field, string Message)[]> ErrorsAsync(this Actor actor, JsonElement import) =>
        [.. (await actor.GetAsync(import.Text("errors_url")!)).Must(200).Items()
            .Select(e => (e.Long("line"), e.Text("field"), e.Text("message")!))];

    public static async Task<long> CountAsync(this Actor actor, string query = "")
    {
        var answer = await actor.GetAsync($"/api/v1/properties?limit=1&{query}");
        answer.Must(200);
        return long.Parse(answer.Header("X-Total-Count")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    public static void MustCount(this JsonElement import, long inserted = 0, long updated = 0, long unchanged = 0, long failed = 0)
    {
        Assert.Equal("completed", import.Text("status"));
        Assert.Equal((inserted, updated, unchanged, failed),
            (import.Long("inserted"), import.Long("updated"), import.Long("unchanged"), import.Long("failed")));
        Assert.Equal(inserted + updated + unchanged + failed, import.Long("rows_read"));
    }
}
