using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// Gives each operation a name of its own, which becomes a method of generated clients: that of the use case which answers it
/// (<c>listLeads</c>), or where a use case has several addresses, of the further ones by verb and path (<c>putLeadsById</c>).
/// </summary>
internal sealed partial class OperationNames : IDocumentFilter
{
    private static readonly string[] Verbs = ["List", "Get", "Create", "Add", "Update", "Delete", "Remove", "Restore"];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        // The shortest address is the one that a use case is named for, and PATCH before PUT.
        foreach (var endpoint in context.ApiDescriptions.OrderBy(e => e.RelativePath!.Length).ThenBy(e => e.RelativePath, StringComparer.Ordinal).ThenBy(e => e.HttpMethod, StringComparer.Ordinal))
        {
            if (!swaggerDoc.Paths.TryGetValue("/" + endpoint.RelativePath!.TrimEnd('/'), out var path) || path.Operations is null) continue;
            if (!path.Operations.TryGetValue(new HttpMethod(endpoint.HttpMethod!), out var operation)) continue;
            var name = OfUseCase(endpoint) is { } own && taken.Add(own) ? own : OfAddress(endpoint);
            taken.Add(name);
            operation.OperationId = name;
        }
    }

    private static string? OfUseCase(ApiDescription endpoint)
    {
        if (endpoint.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault() is not { DeclaringType: { } type } handler || handler.Name.Contains('<', StringComparison.Ordinal)) return null;
        var of = Housekeeping().Replace(type.Name, "");
        return Camel(handler.Name switch
        {
            "Handle" => type.Name,
            "List" => "List" + of,
            var verb when Verbs.Contains(verb) => verb + Singular(of),
            var action => of + action,
        });
    }

    private static string OfAddress(ApiDescription endpoint)
    {
        var words = endpoint.RelativePath!.TrimEnd('/').Split('/').SkipWhile(part => part is "api" or "v1")
            .Select(part => part.StartsWith('{') ? "By" + Pascal(part.Trim('{', '}')) : Pascal(part));
        return endpoint.HttpMethod!.ToLowerInvariant() + string.Concat(words);
    }

    private static string Singular(string name) => name switch
    {
        _ when name.EndsWith("ies", StringComparison.Ordinal) => name[..^3] + "y",
        _ when name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) => name[..^1],
        _ => name,
    };

    private static string Pascal(string words) => string.Concat(Letters().Matches(words).Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..]));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("(?<=.)(Records|Endpoints)$")]
    private static partial Regex Housekeeping();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Letters();
}
