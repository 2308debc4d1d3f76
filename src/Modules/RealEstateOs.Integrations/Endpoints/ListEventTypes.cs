using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Events;

namespace RealEstateOs.Integrations.Endpoints;

/// <summary>A type of events.</summary>
/// <param name="Type">Its name in <c>event_types</c> and in the body of a delivery.</param>
/// <param name="Family">All types about the same kind of resource.</param>
/// <param name="Data">The members of the body's <c>data</c>.</param>
/// <param name="OrderedBy">The prefix of the resource whose events keep their order; null where each goes by itself.</param>
public sealed record EventTypeResponse(string Type, string Family, IReadOnlyList<string> Data, string? OrderedBy);

internal static class ListEventTypes
{
    /// <summary>The events that an endpoint can ask for.</summary>
    public static Ok<EventTypeResponse[]> Handle() =>
        TypedResults.Ok(EventTypes.All.Select(t => new EventTypeResponse(t.Name, t.Family, t.Members, t.ResourcePrefix)).ToArray());
}
