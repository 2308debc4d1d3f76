// The quick start as a client of NSwag does it: register, sign in, a property, its image, a lead, an error.
using System.Net.Http.Headers;
using Reos;

var (address, email, picture) = (args[0], args[1], args[2]);
const string Password = "Correct-Horse-2026!";
using var http = new HttpClient();
var api = new ReosClient(http) { BaseUrl = address };

await api.RegisterAsync(new() { Email = email, Password = Password, First_name = "Ola", Last_name = "Owner",
    Organization_name = "NSwag Realty" });
var session = await api.LoginAsync(new() { Email = email, Password = Password });
session = await api.RefreshAsync(new() { Refresh_token = session.Refresh_token });
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Access_token);

var home = await api.CreatePropertyAsync(new()
{
    Address = "12 Harbour Lane", City = "Dubai", Property_type = PropertyType.Apartment, Price = 1250000.5m, Currency = "AED",
    Status = PropertyStatus.Pending,
    Metadata = new Dictionary<string, object> { ["view"] = "sea" },
});
Same(1250000.5m, home.Price);
Same(null, home.State);

var list = await api.ListPropertiesAsync(property_type: [PropertyType.Apartment, PropertyType.Villa], limit: 10);
Same((home.Id, PropertyType.Apartment, "sea"), (list.Single().Id, list.Single().Property_type, list.Single().Metadata?["view"] as string));

var changed = await api.UpdatePropertyAsync(home.Id, new() { Price = 1300000m });
Same(1300000m, changed.Price);
Same((PropertyType.Apartment, PropertyStatus.Pending, home.Current_stage),
    (changed.Property_type!.Value, changed.Status, changed.Current_stage));

await using (var file = File.OpenRead(picture))
{
    var image = await api.AddPropertyImageAsync(home.Id, title: "Front", file: new FileParameter(file, "front.png", "image/png"));
    Same("image/png", image.Content_type);
}
Same(1, (await api.ListPropertyImagesAsync(home.Id)).Count);

var lead = await api.CreateLeadAsync(new() { First_name = "Sara", Last_name = "Khan", Email = "sara@example.com",
    Source = LeadSource.Website });
Same(LeadStatus.New, lead.Status);
await api.AddLeadActivityAsync(lead.Id, new() { Activity_type = LeadActivityType.Call, Description = "Wants to see it on Friday" });

try
{
    await api.GetPropertyAsync(999_999_999);
    throw new InvalidOperationException("A property that is not there was found.");
}
catch (ApiException<ProblemBody> refusal)
{
    Same((404, "RES_001"), (refusal.StatusCode, refusal.Result.Code));
}

static void Same<T>(T expected, T found)
{
    if (!Equals(expected, found)) throw new InvalidOperationException($"expected {expected}, found {found}");
}
