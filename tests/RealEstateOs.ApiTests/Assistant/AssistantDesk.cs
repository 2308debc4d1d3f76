using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>Verbs for documents and questions.</summary>
internal static class AssistantDesk
{
    public static Task<Answer> UploadDocumentAsync(this Actor actor, string text, string name,
        params (string Name, string Value)[] fields) =>
            actor.UploadDocumentAsync(Encoding.UTF8.GetBytes(text), name, fields);

    public static Task<Answer> UploadDocumentAsync(this Actor actor, byte[] content, string name,
        params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return actor.PostAsync("/api/v1/documents/upload", form);
    }

    /// <summary>Uploads a document and waits until its text was read, or could not be.</summary>
    public static async Task<JsonElement> AddDocumentAsync(this Actor actor, byte[] content, string name,
        params (string Name, string Value)[] fields)
    {
        var id = (await actor.UploadDocumentAsync(content, name, fields)).Must(202).Id();
        return await actor.UntilAsync($"/api/v1/documents/{id}", d => d.Text("status") != "queued");
    }

    public static Task<JsonElement> AddDocumentAsync(this Actor actor, string text, string name,
        params (string Name, string Value)[] fields) =>
            actor.AddDocumentAsync(Encoding.UTF8.GetBytes(text), name, fields);

    public static async Task<JsonElement> AskAsync(this Actor actor, string question) =>
        (await actor.PostAsync("/api/v1/ai/assist", new { message = question })).Must(200);

    /// <summary>Reads until what stands there is as it shall be.</summary>
    public static Task<JsonElement> UntilAsync(this Actor actor, string path, Func<JsonElement, bool> done) =>
        Eventually.UntilAsync(async () => (await actor.GetAsync(path)).Must(200), done);

    /// <summary>Titles of the documents that an answer cites, the first first.</summary>
    public static string[] Sources(this JsonElement answer) => [.. answer.At("citations").EnumerateArray().Select(c => c.Text("title")!)];
}
