using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Events;

/// <summary>A message on the live stream, to one person or, without <see cref="UserId"/>, to the whole organization.</summary>
/// <param name="Link">Where to go from there, such as <c>/api/v1/properties/1</c>.</param>
/// <param name="Title">One line for a list of messages.</param>
/// <param name="Body">The message itself.</param>
public sealed record Notification(UserId? UserId, string Title, string Body, string? Link) : IEvent
{
    public static string Type => "notification";
}
