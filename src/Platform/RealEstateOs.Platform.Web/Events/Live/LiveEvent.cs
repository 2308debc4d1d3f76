using System.Text.Json;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>An event on its way to streams; parsed and framed once, however many read it.</summary>
internal sealed class LiveEvent
{
    // Whose record it is, in the words of the modules' events; a change made by the reader counts as own, too.
    private static readonly string[] Owners = ["assigned_to", "assigned_user_id", "assigned_agent_id", "created_by", "user_id", "agent_id"];

    private readonly JsonElement payload;
    private readonly long? actor;
    private byte[]? named, envelope;

    public LiveEvent(EventContext happened)
    {
        (Position, OrganizationId, Type, actor) = (happened.Position, happened.OrganizationId, happened.Type, happened.Actor?.Value);
        using var document = JsonDocument.Parse(happened.Payload);
        payload = document.RootElement.Clone();
    }

    public long Position { get; }

    public OrganizationId OrganizationId { get; }

    public string Type { get; }

    /// <summary>The one person it is for, if it names one.</summary>
    public long? AddressedTo => Number("user_id");

    /// <summary>The kind of a job that has ended.</summary>
    public string? TaskType =>
        payload.TryGetProperty("task_type", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool IsAskedForBy(long user) => Number("created_by") == user;

    public bool Concerns(long user) => actor == user || Owners.Any(member => Number(member) == user);

    public byte[] Frame(bool asEnvelope) => asEnvelope
        ? envelope ??= EventFrames.Envelope(Position, Type, payload)
        : named ??= EventFrames.Named(Position, Type, payload);

    private long? Number(string member) =>
        payload.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;
}
