using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Clients;

internal static class CreateClient
{
    /// <summary>
    /// Adds a client. The same e-mail address, phone number or lead again is a 409, which shows the
    /// existing client to who may see it; with <c>on_duplicate=merge</c> that one takes what it lacks from the body instead (200).
    /// The client is the agent's who enters it unless <c>assigned_agent_id</c> says otherwise.
    /// </summary>
    /// <param name="onDuplicate"><c>reject</c> (default) or <c>merge</c>.</param>
    public static async Task<Results<Created<ClientResponse>, Ok<ClientResponse>>> Handle(
        CreateClientRequest request, CrmDb db, CurrentUser user, ClientReferences references, CancellationToken ct,
        [FromQuery(Name = "on_duplicate")] string? onDuplicate = null)
    {
        var merges = SamePerson.Merges(onDuplicate);
        var lead = await references.RequireAsync(request, null, ct);
        var client = new Client();
        var country = await references.CountryAsync(ct);
        request.ApplyTo(client, country);
        client.LeadId = lead;
        if (!request.Has(nameof(request.AssignedAgentId))) client.AssignedAgentId = user.EntersFor;
        var kept = await db.AddOrFillAsync(client, merges, country, user, ct);
        return kept == client ? TypedResults.Created($"/api/v1/clients/{kept.Id.Value}", ClientResponse.Of(kept))
            : TypedResults.Ok(ClientResponse.Of(kept));
    }

    /// <summary>The client itself where nobody is alike; else the one that is, filled from it, or a refusal.</summary>
    public static async Task<Client> AddOrFillAsync(this CrmDb db, Client client, bool merges, string? country, CurrentUser user,
        CancellationToken ct)
    {
        if (await db.LikeAsync(client, ct, toMerge: merges) is [var existing, ..] all)
        {
            var mayFill = merges && await db.FindAsync(existing.Id, user, CrmPermissions.Update, ct) is not null;
            if (!mayFill) throw await db.RefusalAsync(client, all, user, ct);
            existing.FillFrom(client, alone: all.Count == 1, country);
            db.AddHistory(existing, "client_submitted_again", "Submitted Again", client.FullName);
            db.TellChanged(existing, user);
            await db.SaveChangesAsync(ct);
            return existing;
        }
        db.Add(client);
        db.AddHistory(client, "client_created", "Client Added", client.FullName);
        db.Raise(() => new ClientCreated(client.Id, client.FullName, client.Type, client.LeadId, client.AssignedAgentId, user.Id));
        await db.SaveChangesAsync(ct);
        return client;
    }
}

internal static class UpdateClient
{
    /// <summary>
    /// Changes the members that are present; <c>preferences</c> are replaced as a whole. An address or number that another client has is a
    /// 409 that shows it.
    /// </summary>
    public static async Task<Results<Ok<ClientResponse>, NotFound>> Handle(
        ClientId id, UpdateClientRequest request, CrmDb db, CurrentUser user, ClientReferences references, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        var before = (client.EmailNormalised, client.PhoneE164, client.LeadId);
        var lead = await references.RequireAsync(request, client, ct);
        request.ApplyTo(client, await references.CountryAsync(ct));
        if (request.LeadId is not null) client.LeadId = lead;
        if (before != (client.EmailNormalised, client.PhoneE164, client.LeadId)) await db.RequireNewAsync(client, user, ct);
        var changed = db.TellChanged(client, user);
        if (changed.Length > 0) db.AddHistory(client, "client_updated", "Client Changed", string.Join(", ", changed));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ClientResponse.Of(client));
    }
}

internal static class DeleteClient
{
    /// <summary>Hides the client; it can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(ClientId id, CrmDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Delete, ct) is not { } client) return TypedResults.NotFound();
        client.DeletedAt = clock.Now();
        db.AddHistory(client, "client_deleted", "Client Deleted", null);
        db.Raise(() => new ClientDeleted(client.Id, client.LeadId, client.AssignedAgentId, user.Id));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}

internal static class RestoreClient
{
    /// <summary>Brings a deleted client back. A 409, where its address or number belongs to another one by now.</summary>
    public static async Task<Results<Ok<ClientResponse>, NotFound>> Handle(ClientId id, CrmDb db, CurrentUser user, CancellationToken ct)
    {
        var client = await db.Clients.WithDeleted().VisibleTo(user, CrmPermissions.Delete).FirstOrDefaultAsync(c => c.Id == id, ct);
        if (client is null) return TypedResults.NotFound();
        if (client.DeletedAt is null) return TypedResults.Ok(ClientResponse.Of(client));
        await db.RequireNewAsync(client, user, ct);
        client.DeletedAt = null;
        db.AddHistory(client, "client_restored", "Client Restored", null);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ClientResponse.Of(client));
    }
}
