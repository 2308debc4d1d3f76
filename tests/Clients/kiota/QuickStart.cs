// The quick start as a client of Kiota does it: register, sign in, a property, its image, a lead, an error.
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Reos;
using Reos.Models;

var (address, email, picture) = (args[0], args[1], args[2]);
const string Password = "Correct-Horse-2026!";

var visitor = Client(new AnonymousAuthenticationProvider()).Api.V1;
await visitor.Auth.Register.PostAsync(new()
{
    Email = email, Password = Password, FirstName = "Ola", LastName = "Owner", OrganizationName = "Kiota Realty",
});
var session = await visitor.Auth.Login.PostAsync(new() { Email = email, Password = Password });
session = await visitor.Auth.Refresh.PostAsync(new() { RefreshToken = session!.RefreshToken });
var api = Client(new BaseBearerTokenAuthenticationProvider(new Token(session!.AccessToken!))).Api.V1;

var home = await api.Properties.PostAsync(new()
{
    Address = "12 Harbour Lane", City = "Dubai", PropertyType = PropertyType.Apartment, Price = 1250000.5m, Currency = "AED",
    Status = PropertyStatus.Pending,
    Metadata = new() { AdditionalData = { ["view"] = "sea" } },
});
Same(1250000.5m, home!.Price);
Same("sea", home.Metadata?.AdditionalData["view"]);

var list = await api.Properties.GetAsync(request => request.QueryParameters.PropertyType = [PropertyType.Apartment, PropertyType.Villa]);
Same(home.Id, list!.Single().Id);

var changed = await api.Properties[home.Id!.Value].PatchAsync(new() { Price = 1300000m });
Same((1300000m, PropertyType.Apartment, PropertyStatus.Pending), (changed!.Price, changed.PropertyType, changed.Status));

var form = new MultipartBody();
form.AddOrReplacePart("file", "image/png", await File.ReadAllBytesAsync(picture), "front.png");
form.AddOrReplacePart("title", "text/plain", "Front");
var image = await api.Properties[home.Id.Value].Images.PostAsync(form);
Same("image/png", image!.ContentType);

var lead = await api.Leads.PostAsync(new() { FirstName = "Sara", LastName = "Khan", Email = "sara@example.com",
    Source = LeadSource.Website });
Same(LeadStatus.New, lead!.Status);
await api.Leads[lead.Id!.Value].Activities.PostAsync(
    new() { ActivityType = LeadActivityType.Call, Description = "Wants to see it on Friday" });

try
{
    await api.Properties[999_999_999].GetAsync();
    throw new InvalidOperationException("A property that is not there was found.");
}
catch (ProblemBody refusal)
{
    Same((404, "RES_001", "Resource not found"), (refusal.ResponseStatusCode, refusal.Code, refusal.Message));
}

ReosClient Client(IAuthenticationProvider sign) => new(new HttpClientRequestAdapter(sign) { BaseUrl = address });

static void Same<T>(T expected, T found)
{
    if (!Equals(expected, found)) throw new InvalidOperationException($"expected {expected}, found {found}");
}

sealed class Token(string token) : IAccessTokenProvider
{
    public AllowedHostsValidator AllowedHostsValidator { get; } = new();

    public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? context = null, CancellationToken ct = default) =>
        Task.FromResult(token);
}
