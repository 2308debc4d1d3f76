using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Webhooks;

internal static class HookVerbs
{
    public const string Endpoints = "/api/v1/webhooks/endpoints", Deliveries = "/api/v1/webhooks/deliveries";

    public static async Task<(long Id, string Secret)> NewHookAsync(this Office office, Receiver receiver, params string[] types)
    {
        var made = (await office.Admin.PostAsync(Endpoints, new { url = receiver.Url + "/hook", event_types = types })).Must(201);
        return (made.Id(), made.Text("secret")!);
    }

    public static async Task<JsonElement> HookAsync(this Office office, long id) =>
        (await office.Admin.GetAsync($"{Endpoints}/{id}")).Must(200);

    public static async Task<JsonElement[]> DeliveriesAsync(this Office office, string query) =>
        (await office.Admin.GetAsync($"{Deliveries}?{query}")).Must(200).Items();

    /// <summary>The list as soon as it is as the test wants it.</summary>
    public static Task<JsonElement[]> DeliveriesUntilAsync(this Office office, string query, Func<JsonElement[], bool> holds) =>
        Eventually.UntilAsync(() => office.DeliveriesAsync(query), holds);

    public static Task RenameAsync(this Office office, long property, int n) =>
        office.Admin.PatchAsync($"/api/v1/properties/{property}", new { description = $"change {n}" });
}
