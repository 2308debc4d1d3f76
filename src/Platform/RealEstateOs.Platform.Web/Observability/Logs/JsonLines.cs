using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>One JSON object a line, in snake_case, for log aggregation.</summary>
internal sealed class JsonLines : ITextFormatter
{
    // What ASP.NET adds of itself and our own members already say.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal)
    {
        "SourceContext", "ConnectionId", "RequestPath", "EventId", ConsoleLine.Context, ConsoleLine.Utc,
    };

    // RenderMessage would put every text in quotes.
    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("timestamp",
                logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", logEvent.Level.ToString().ToLowerInvariant());
            json.WriteString("message", MessageOf(logEvent));
            if (logEvent.Properties.TryGetValue("SourceContext", out var source)) Write(json, "logger", source);
            var written = new HashSet<string>(StringComparer.Ordinal) { "timestamp", "level", "message", "logger", "exception" };
            foreach (var (name, value) in logEvent.Properties)
            {
                if (Left.Contains(name)) continue;
                var member = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
                if (written.Add(member)) Write(json, member, value);
            }
            if (logEvent.Exception is { } exception) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static string MessageOf(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        return text.ToString();
    }

    private static void Write(Utf8JsonWriter json, string name, LogEventPropertyValue value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    private static void Write(Utf8JsonWriter json, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                Write(json, scalar.Value);
                break;
            case SequenceValue sequence:
                json.WriteStartArray();
                foreach (var element in sequence.Elements) Write(json, element);
                json.WriteEndArray();
                break;
            case StructureValue structure:
                json.WriteStartObject();
                foreach (var property in structure.Properties)
                    Write(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.Value);
                json.WriteEndObject();
                break;
            case DictionaryValue dictionary:
                json.WriteStartObject();
                foreach (var (key, element) in dictionary.Elements) Write(json, key.Value?.ToString() ?? "null", element);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case DateTimeOffset moment: json.WriteStringValue(moment.UtcDateTime); break;
            case IFormattable formattable: json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
