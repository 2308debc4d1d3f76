using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Clients;

/// <example>{"property_id": 1, "relation": "viewed"}</example>
public sealed record LinkPropertyRequest : IRequestBody<LinkPropertyRequest>
{
    public PropertyId? PropertyId { get; init; }
    /// <summary>Default <c>interested</c>.</summary>
    public ClientPropertyRelation? Relation { get; init; }
}

internal sealed class LinkPropertyValidator : AbstractValidator<LinkPropertyRequest>
{
    public LinkPropertyValidator() => RuleFor(l => l.PropertyId).NotNull();
}

internal static class ClientProperties
{
    /// <summary>Links a property to the client, or changes what it is to them.</summary>
    public static async Task<Results<Ok<LinkedProperty>, NotFound>> Link(
        ClientId id, LinkPropertyRequest request, CrmDb db, CurrentUser user, IPropertyReader properties, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        var property = request.PropertyId!.Value;
        await properties.RequireAsync([property], ct);
        var link = await db.Properties.FirstOrDefaultAsync(p => p.ClientId == id && p.PropertyId == property, ct);
        if (link is null)
            db.Add(link = new ClientProperty { ClientId = id, PropertyId = property, LinkedAt = clock.Now(), LinkedBy = user.Id });
        link.Relation = request.Relation ?? link.Relation;
        var summary = (await properties.SummariesAsync([property], ct)).GetValueOrDefault(property);
        db.AddHistory(client, "property_linked", "Property Linked", $"{Vocabulary.Word(link.Relation)}: property {property.Value}");
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new LinkedProperty(property, link.Relation, link.LinkedAt, summary));
    }

    /// <summary>Takes the link away.</summary>
    public static async Task<Results<NoContent, NotFound>> Unlink(ClientId id, PropertyId propertyId, CrmDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        if (await db.Properties.FirstOrDefaultAsync(p => p.ClientId == id && p.PropertyId == propertyId, ct) is not { } link)
            return TypedResults.NotFound();
        db.Remove(link);
        db.AddHistory(client, "property_unlinked", "Property Unlinked", $"Property {propertyId.Value}");
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
