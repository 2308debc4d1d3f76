using Microsoft.AspNetCore.Http;
using Serilog.Core;
using Serilog.Events;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>Looks when a line is written, because who asks is known only some way into the request.</summary>
internal sealed class RequestContext(IHttpContextAccessor accessor) : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (accessor.HttpContext is not { } http) return;
        Add("RequestId", http.TraceIdentifier);
        if (http.Features.Get<IRequestIdentity>() is not { } identity) return;
        if (identity.UserId is { } user) Add("UserId", user);
        if (identity.OrganizationId is { } organization) Add("OrganizationId", organization);

        void Add(string name, object value) => logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(value)));
    }
}
