using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Clients;

internal static class CreateClient
{
    /// <summary>Adds a client.</summary>
    public static async Task<Created<ClientResponse>> Handle(CreateClientRequest request, CrmDb db, ClientReferences references, CancellationToken ct)
    {
        await references.RequireAsync(request, null, ct);
        var client = new Client();
        request.ApplyTo(client, await references.CountryAsync(ct));
        db.Add(client);
        await db.SaveChangesAsync(ct);
        db.Note(client, "client_created", "Client Added", client.FullName);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/clients/{client.Id.Value}", ClientResponse.Of(client));
    }
}

internal static class UpdateClient
{
    /// <summary>Changes the members that are present; <c>preferences</c> are replaced as a whole.</summary>
    public static async Task<Results<Ok<ClientResponse>, NotFound>> Handle(
        ClientId id, UpdateClientRequest request, CrmDb db, CurrentUser user, ClientReferences references, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        await references.RequireAsync(request, client, ct);
        request.ApplyTo(client, await references.CountryAsync(ct));
        db.ChangeTracker.DetectChanges();
        var changed = db.Entry(client).Properties.Where(p => p.IsModified).Select(p => Json.SnakeCase(p.Metadata.Name)).ToArray();
        if (changed.Length > 0) db.Note(client, "client_updated", "Client Changed", string.Join(", ", changed));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ClientResponse.Of(client));
    }
}

internal static class DeleteClient
{
    /// <summary>Hides the client; it can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(ClientId id, CrmDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Delete, ct) is not { } client) return TypedResults.NotFound();
        client.DeletedAt = clock.Now();
        db.Note(client, "client_deleted", "Client Deleted", null);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}

internal static class RestoreClient
{
    /// <summary>Brings a deleted client back.</summary>
    public static async Task<Results<Ok<ClientResponse>, NotFound>> Handle(ClientId id, CrmDb db, CurrentUser user, CancellationToken ct)
    {
        var client = await db.Clients.IgnoreQueryFilters([Filters.SoftDelete]).VisibleTo(user, CrmPermissions.Delete).FirstOrDefaultAsync(c => c.Id == id, ct);
        if (client is null) return TypedResults.NotFound();
        if (client.DeletedAt is null) return TypedResults.Ok(ClientResponse.Of(client));
        client.DeletedAt = null;
        db.Note(client, "client_restored", "Client Restored", null);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ClientResponse.Of(client));
    }
}
