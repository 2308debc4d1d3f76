using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>The readable line of Development: moment | level | source | request_id=… | user_id=… | org_id=… | message.</summary>
internal sealed class ConsoleLine : ILogEventEnricher
{
    public const string Context = "LineContext";

    public const string Utc = "LineUtc";

    public const string Template =
        "{" + Utc + ":yyyy-MM-dd HH:mm:ss.fff} | {Level,-11} | {SourceContext} | {" + Context + ":l}{Message:lj}{NewLine}{Exception}";

    private static readonly (string Property, string Name)[] Shown =
        [("RequestId", "request_id"), ("UserId", "user_id"), ("OrganizationId", "org_id")];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        var line = new StringBuilder();
        foreach (var (property, name) in Shown)
            if (logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: { } shown })
                line.Append(name).Append('=').Append(shown).Append(" | ");
        logEvent.AddOrUpdateProperty(new LogEventProperty(Context, new ScalarValue(line.ToString())));
        logEvent.AddOrUpdateProperty(new LogEventProperty(Utc, new ScalarValue(logEvent.Timestamp.UtcDateTime)));
    }
}
