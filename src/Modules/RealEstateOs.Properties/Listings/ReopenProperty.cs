using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

/// <summary>The open stage on which a closed property goes on; default <c>negotiation</c>.</summary>
/// <example>{"stage": "qualified"}</example>
public sealed record ReopenPropertyRequest : IRequestBody<ReopenPropertyRequest>
{
    /// <summary>An open one; <c>negotiation</c> by default.</summary>
    public PropertyStage? Stage { get; init; }
}

internal static class ReopenProperty
{
    /// <summary>Reopens a closed property; its history keeps both endings.</summary>
    public static async Task<Results<Ok<PropertyResponse>, NotFound>> Handle(
        PropertyId id, ReopenPropertyRequest request, PropertiesDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var property = await db.FindAsync(id, user, PropertiesPermissions.Reopen, ct);
        if (property is null) return TypedResults.NotFound();
        db.Record(property, property.Reopen(request.Stage ?? PropertyStage.Negotiation, user.Id, clock.Now()));
        await db.SaveAsync(property, user.Id, ct);
        return TypedResults.Ok(PropertyResponse.Of(property));
    }
}
