using System.Globalization;
using System.Text;
using System.Text.Json;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>Server-Sent Events by hand, because the framework's writer knows no comments.</summary>
internal static class EventFrames
{
    public static readonly byte[] Opening = "retry: 2000\n\n"u8.ToArray(), Heartbeat = ": heartbeat\n\n"u8.ToArray();

    /// <summary>Lets a client that has not seen an event yet come back to where it began.</summary>
    public static byte[] Id(long position) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\n\n"));

    public static byte[] Comment(string text) => Encoding.UTF8.GetBytes($": {text}\n\n");

    /// <summary><c>event: property_updated</c> with the flat members and <c>type</c>.</summary>
    public static byte[] Named(long position, string type, JsonElement payload)
    {
        var name = type.Replace('.', '_');
        return Frame(position, name, writer =>
        {
            writer.WriteString("type", name);
            foreach (var member in payload.EnumerateObject())
                if (member.Name != "type") member.WriteTo(writer);
        });
    }

    /// <summary>An unnamed frame: <c>{"type": "property.updated", "data": {…}}</c>.</summary>
    public static byte[] Envelope(long position, string type, JsonElement payload) => Frame(position, null, writer =>
    {
        writer.WriteString("type", type);
        writer.WritePropertyName("data");
        payload.WriteTo(writer);
    });

    // Compact JSON has no line breaks outside escapes, so that one data line is always enough.
    private static byte[] Frame(long position, string? name, Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\n")));
        if (name is not null) bytes.Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        bytes.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        bytes.Write("\n\n"u8);
        return bytes.ToArray();
    }
}
