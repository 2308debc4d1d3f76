using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Enquiries;

/// <summary>
/// What a program hears that entered a lead with an API key: that it was taken in. Not whose lead it became: a number lower than the last
/// one would say that the office knows the person.
/// </summary>
/// <param name="ReceivedAt">When the enquiry was taken.</param>
public sealed record LeadReceipt(DateTimeOffset ReceivedAt);

/// <summary>
/// The 202 for an API key. It is described in words only: typed clients sign in, and would get a union of two answers for each lead.
/// </summary>
internal sealed class Received(LeadReceipt receipt) : IResult, IStatusCodeHttpResult, IValueHttpResult
{
    public int? StatusCode => StatusCodes.Status202Accepted;

    public object Value => receipt;

    public Task ExecuteAsync(HttpContext httpContext) => TypedResults.Accepted((string?)null, receipt).ExecuteAsync(httpContext);
}

/// <summary>
/// Enquiries that come with an API key, from outside: of the key's source, routed by the rules; whoever is known stays one person.
/// </summary>
internal sealed class KeyedEnquiries(LeadsDb db, LeadIntake intake, IPropertyDirectory properties, IOrganizationDirectory organizations,
    TimeProvider clock)
{
    public async Task<LeadReceipt> ReceiveAsync(CreateLeadRequest request, ApiKeyPass key, CancellationToken ct)
    {
        string[] ours = [nameof(request.Status), nameof(request.Score), nameof(request.AssignedTo), nameof(request.TeamId),
            nameof(request.ExternalId)];
        var faults = ours.Where(request.Has).Select(m => FieldError.Format(Json.SnakeCase(m), "is not for an API key to say")).ToList();
        if (request.PropertyId is { } named && !(await properties.SummariesAsync([named], ct)).ContainsKey(named))
            faults.Add(FieldError.Format("property_id", "names no property of the organization"));
        if (faults.Count > 0) throw Problem.Invalid(faults);
        var lead = new Lead();
        request.ApplyTo(lead, (await organizations.DefaultsAsync(ct)).Country);
        lead.Source = Vocabulary.TryRead<LeadSource>(key.Source, out var source) ? source : LeadSource.Other;
        lead.Portal = key.Portal ?? lead.Portal;
        if (lead.PortalReference is { } reference) lead.PropertyId ??= await properties.FindAsync(reference, ct);
        var hash = ReceivedEnquiries.HashOf(lead);
        if (hash is not null && await db.KnownAsync(hash, ct) is not null) return new LeadReceipt(clock.Now());
        var id = await intake.TakeAsync(lead, ct);
        if (hash is not null) await db.RememberAsync(id, hash, ct);
        return new LeadReceipt(clock.Now());
    }
}
