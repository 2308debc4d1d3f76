using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// Gives each operation a name of its own, which becomes a method of generated clients: that of the use case which answers it
/// (<c>sendCampaign</c>), else of what its address does (<c>listLeads</c>, <c>getLead</c>, <c>pauseCampaign</c>), or what <c>WithName</c>
/// says at its route. Of several addresses of a use case one has its name, and the others refer clients to it.
/// </summary>
internal sealed partial class OperationNames : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var firsts = new Dictionary<MethodInfo, ApiDescription>();
        // A use case is named for its shortest address below the root, for PATCH before PUT, for POST before GET.
        var endpoints = context.ApiDescriptions.OrderByDescending(e => e.RelativePath!.StartsWith("api/", StringComparison.Ordinal))
            .ThenBy(e => e.RelativePath!.Length).ThenBy(e => e.RelativePath,
                StringComparer.Ordinal).ThenBy(e => e.HttpMethod is "PUT" or "GET");
        foreach (var endpoint in endpoints)
        {
            if (swaggerDoc.OperationOf(endpoint) is not { } operation) continue;
            var metadata = endpoint.ActionDescriptor.EndpointMetadata;
            var given = metadata.OfType<IEndpointNameMetadata>().FirstOrDefault()?.EndpointName;
            operation.OperationId = new[] { given, OfUseCase(endpoint), OfAddress(endpoint, swaggerDoc),
                InFull(endpoint) }.First(n => n is not null && taken.Add(n));
            if (metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler && !firsts.TryAdd(handler, endpoint))
                ReferTo(firsts[handler], operation, endpoint);
        }
    }

    // PUT beside PATCH is every resource's; another address of the same use case is there for older clients.
    private static void ReferTo(ApiDescription first, OpenApiOperation operation, ApiDescription endpoint)
    {
        operation.Description = $"The same as `{first.HttpMethod} /{first.RelativePath!.TrimEnd('/')}`.\n\n{operation.Description}";
        operation.Deprecated = endpoint.HttpMethod != "PUT" && endpoint.RelativePath!.StartsWith("api/", StringComparison.Ordinal);
    }

    private static string? OfUseCase(ApiDescription endpoint)
    {
        if (endpoint.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>()
            .FirstOrDefault() is not { Name: "Handle", DeclaringType: { } type }) return null;
        return endpoint.HttpMethod == "GET" && !Reading().IsMatch(type.Name) ? null : Camel(type.Name);
    }

    private static string OfAddress(ApiDescription endpoint, OpenApiDocument document)
    {
        var parts = endpoint.RelativePath!.TrimEnd('/').Split('/').SkipWhile(part => part is "api" or "v1").ToArray();
        var literals = parts.Where(part => !part.StartsWith('{')).ToArray();
        var (of, last) = (string.Concat(literals[..^1].Select(part => Singular(Pascal(part)))), literals[^1]);
        var operations = document.Paths["/" + endpoint.RelativePath.TrimEnd('/')].Operations!;
        var isItem = parts.Length > 1 && parts[^1].StartsWith('{');
        var one = of + Singular(Pascal(last));
        return endpoint.HttpMethod switch
        {
            "GET" => isItem ? "get" + one : (AnswersMany(endpoint) ? "list" : "get") + of + Pascal(last),
            "POST" when last.EndsWith('s') || operations.ContainsKey(HttpMethod.Get) =>
                (parts.Any(part => part.StartsWith('{')) ? "add" : "create") + one,
            "POST" => Action(of, last),
            "PUT" when operations.ContainsKey(HttpMethod.Patch) => "put" + one,
            "PUT" or "PATCH" => "update" + (isItem ? one : of + Pascal(last)),
            _ => "delete" + one,
        };
    }

    // rotate-secret of a webhook's endpoint: rotateWebhookEndpointSecret
    private static string Action(string of, string last)
    {
        var words = last.Split('-');
        return Camel(Pascal(words[0]) + of + Pascal(string.Join('-', words[1..])));
    }

    private static string InFull(ApiDescription endpoint) =>
        endpoint.HttpMethod!.ToLowerInvariant() + string.Concat(endpoint.RelativePath!.Split('/').Select(Pascal));

    private static bool AnswersMany(ApiDescription endpoint) =>
        endpoint.SupportedResponseTypes.Any(
            r => r is { StatusCode: 200, Type: { } type } && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type));

    private static string Singular(string name) => name switch
    {
        _ when name.EndsWith("ies", StringComparison.Ordinal) => name[..^3] + "y",
        _ when name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) && !name.EndsWith("us", StringComparison.Ordinal)
            && !name.EndsWith("Analytics", StringComparison.Ordinal) => name[..^1],
        _ => name,
    };

    private static string Pascal(string words) =>
        string.Concat(Letters().Matches(words).Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..]));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("^(List|Get|Find|Read|Open|Download)(?=[A-Z])")]
    private static partial Regex Reading();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Letters();
}

internal static class DescribedOperations
{
    /// <summary>The operation of an endpoint; a path of the document has no slash at its end.</summary>
    public static OpenApiOperation? OperationOf(this OpenApiDocument document, ApiDescription endpoint) =>
        document.Paths.TryGetValue("/" + endpoint.RelativePath!.TrimEnd('/'), out var path)
            ? path.Operations?.GetValueOrDefault(new HttpMethod(endpoint.HttpMethod!)) : null;
}
