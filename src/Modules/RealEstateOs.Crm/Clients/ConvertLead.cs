using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Clients;

/// <summary>What the client is to have otherwise than the lead; nothing is required.</summary>
/// <example>{"type": "buyer"}</example>
public sealed record ConvertLeadRequest : ClientFields, IRequestBody<ConvertLeadRequest>;

internal sealed class ConvertLeadValidator : ClientFieldsValidator<ConvertLeadRequest>
{
    public ConvertLeadValidator()
    {
        RuleFor(c => c.FirstName).NotEmpty().When(c => c.Has(nameof(c.FirstName)));
        RuleFor(c => c.LeadId).Null().WithMessage("is the lead of the path");
    }
}

internal static class ConvertLead
{
    /// <summary>
    /// Makes a client of a lead and moves it to <c>converted</c>. The client has its name, address, number, agent and wishes. A lead that
    /// became a client already answers that one (200). Takes <c>leads:update</c>, too.
    /// </summary>
    /// <remarks>
    /// A client with the same address or number is a 409, as for <c>POST /clients</c>; with <c>on_duplicate=merge</c> it takes what it
    /// lacks from the lead (200).
    /// </remarks>
    /// <param name="onDuplicate"><c>reject</c> (default) or <c>merge</c>.</param>
    public static async Task<Results<Created<ClientResponse>, Ok<ClientResponse>, NotFound>> Handle(
        LeadId id, ConvertLeadRequest request, CrmDb db, CurrentUser user, ILeadReader leads, ILeadCommands commands,
        ClientReferences references, CancellationToken ct, [FromQuery(Name = "on_duplicate")] string? onDuplicate = null)
    {
        var merges = SamePerson.Merges(onDuplicate);
        if ((await leads.SummariesAsync([id], ct)).GetValueOrDefault(id) is not { } lead) return TypedResults.NotFound();
        await references.RequireAsync(request, null, ct);
        var country = await references.CountryAsync(ct);
        var client = Of(lead, country);
        request.ApplyTo(client, country);
        client.LeadId = id;
        await commands.ConvertAsync(id, $"Became the client {client.FullName}", ct); // one at a time of those who convert the same lead
        var before = (await db.LikeAsync(client, ct)).FirstOrDefault(c => c.LeadId == id);
        if (before is not null && !await db.SeesAsync(before.Id, user, ct)) before = null;
        var kept = before ?? await db.AddOrFillAsync(client, merges, country, user, ct);
        return kept == client ? TypedResults.Created($"/api/v1/clients/{kept.Id.Value}", ClientResponse.Of(kept))
            : TypedResults.Ok(ClientResponse.Of(kept));
    }

    private static Client Of(LeadSummary lead, string? country)
    {
        var client = new Client { FirstName = lead.FirstName, LastName = lead.LastName, AssignedAgentId = lead.AssignedTo };
        client.SetEmail(lead.Email);
        client.SetPhone(lead.Phone, country);
        var wishes = new Dictionary<string, object>();
        if (lead.Area is { } area) wishes["areas"] = new[] { area };
        if (lead.PropertyType is { } type) wishes["property_types"] = new[] { type };
        if (lead.Intent.Seeks() is { } purpose && lead.Intent is not null) wishes["purpose"] = Vocabulary.Word(purpose);
        if (lead.Bedrooms is { } bedrooms) wishes["bedrooms"] = bedrooms;
        if (lead.Budget is { } budget) wishes["max_price"] = budget;
        if (wishes.Count > 0) client.Preferences = JsonSerializer.SerializeToElement(wishes, Json.Options);
        return client;
    }
}
