using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// What answers have in common: their headers, and the refusals that each kind of endpoint may meet, with an example that our own code
/// writes.
/// </summary>
internal sealed class AnswerDescription : IDocumentFilter
{
    private const string Replayed = "Idempotency-Replayed";

    private static readonly string[] OfLimits = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    private static readonly Dictionary<string, (string Text, JsonSchemaType Type)> Headers = new(StringComparer.Ordinal)
    {
        ["ETag"] = ("The version of what is answered, for If-None-Match and If-Match.", JsonSchemaType.String),
        ["Link"] = ("Neighbouring pages: first, prev, next (RFC 8288).", JsonSchemaType.String),
        ["Location"] = ("Where to find what was made or begun, if it has an address of its own.", JsonSchemaType.String),
        ["Retry-After"] = ("Seconds to wait.", JsonSchemaType.Integer),
        ["X-Total-Count"] = ("How many there are on all pages.", JsonSchemaType.Integer),
        [UnknownParameters.Header] = ("Query parameters that did nothing, with what may have been meant.", JsonSchemaType.String),
        [UnknownMembers.Header] = ("Members of the body that did nothing, with what may have been meant.", JsonSchemaType.String),
        ["X-Request-ID"] = ("The request's id in our logs.", JsonSchemaType.String),
        [Replayed] = ("true, where this is the answer to an earlier request with the same Idempotency-Key.", JsonSchemaType.Boolean),
        ["WWW-Authenticate"] = ("Bearer.", JsonSchemaType.String),
        ["X-RateLimit-Limit"] = ("Requests in the tightest window.", JsonSchemaType.Integer),
        ["X-RateLimit-Remaining"] = ("Requests left in it.", JsonSchemaType.Integer),
        ["X-RateLimit-Reset"] = ("When it is full again, in seconds since 1970.", JsonSchemaType.Integer),
    };

    private static readonly (string Name, string Status, string Text, Problem Example, string[] Headers)[] Refusals =
    [
        ("BadRequest", "400", "The body is not JSON.", Problem.Malformed("The request body must be a JSON object."), []),
        ("Unauthorized", "401", "Not signed in, or the token has ended.", Problem.NotAuthenticated(), ["WWW-Authenticate"]),
        ("Forbidden", "403", "The role lacks a permission, which is named.", Problem.Forbidden("properties:update"), []),
        ("NotFound", "404", "It is not there, or it belongs to somebody else.", Problem.NotFound("Property"), []),
        ("Conflict", "409", "The current state forbids it.", Problem.Busy(), ["Retry-After"]),
        ("PreconditionFailed", "412", "It has changed since the ETag in If-Match.", Problem.PreconditionFailed(), []),
        ("Invalid", "422", "What was sent is not right; all faults are named.", Problem.Invalid(FieldError.Missing("city")), []),
        ("TooManyRequests", "429", "A limit is reached.", Problem.TooManyRequests("The limit of 100 requests (user-minute) is reached.",
            TimeSpan.FromSeconds(30)), ["Retry-After", .. OfLimits]),
        ("Refusal", "default", "Any other refusal.", Problem.Unavailable("The database cannot be reached at the moment.",
            ErrorCodes.Database), ["Retry-After"]),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var components = swaggerDoc.Components ??= new();
        components.Headers = Headers.ToDictionary(h => h.Key,
            IOpenApiHeader (h) => new OpenApiHeader { Description = h.Value.Text, Schema = new OpenApiSchema { Type = h.Value.Type } });
        var problem = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository);
        components.Responses = Refusals.ToDictionary(r => r.Name, IOpenApiResponse (r) => new OpenApiResponse
        {
            Description = r.Text, Headers = References(r.Headers, swaggerDoc),
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = problem,
                Example = Example(r.Example) } },
        });
        foreach (var endpoint in context.ApiDescriptions)
            if (swaggerDoc.OperationOf(endpoint) is { } operation) Describe(operation, endpoint, swaggerDoc);
    }

    private static void Describe(OpenApiOperation operation, ApiDescription endpoint, OpenApiDocument document)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        var (reads, signedIn) = (endpoint.HttpMethod == "GET", !metadata.OfType<IAllowAnonymous>().Any());
        var isProbe = operation.Tags?.Any(t => t.Reference.Id == "Health") == true; // what it finds is of this moment
        var isList = metadata.OfType<ListOfSlice>().Any();
        var answers = operation.Responses ??= [];
        foreach (var (status, answer) in answers)
        {
            if (answer is not OpenApiResponse found || status[0] != '2') continue;
            found.Description = status switch { "201" => "Created.", "202" => "Begun; the job says how far it is.", "204" =>
                "Done.", _ => "OK." };
            found.Headers = References(
            [
                .. status is "201" or "202" ? (ReadOnlySpan<string>)["Location"] : [],
                .. !isProbe && found.Content?.ContainsKey("application/json") == true ? (ReadOnlySpan<string>)["ETag"] : [],
                .. isList ? (ReadOnlySpan<string>)["Link", "X-Total-Count"] : [],
                .. UnknownParameters.AreTold(endpoint.HttpMethod, metadata) ? (ReadOnlySpan<string>)[UnknownParameters.Header] : [],
                .. operation.RequestBody is not null ? (ReadOnlySpan<string>)[UnknownMembers.Header] : [],
                .. !reads && signedIn ? (ReadOnlySpan<string>)[Replayed] : [],
                "X-Request-ID",
                .. metadata.OfType<WithoutRateLimit>().Any() ? [] : (ReadOnlySpan<string>)OfLimits,
            ], document);
        }
        foreach (var (name, status, _, _, _) in Refusals.Where(r => IsMet(r.Status)))
            answers[status] = new OpenApiResponseReference(name, document);

        bool IsMet(string status) => status switch
        {
            "400" => operation.RequestBody is not null,
            "401" => signedIn,
            "403" => metadata.OfType<NeedsPermission>().Any(),
            "404" => answers.ContainsKey("404"),
            "409" => !reads,
            "412" => operation.Parameters?.Any(p => p.Name == "If-Match") == true,
            "422" => operation.RequestBody is not null
                || operation.Parameters?.Any(p => p.In is ParameterLocation.Path or ParameterLocation.Query) == true,
            "429" => !metadata.OfType<WithoutRateLimit>().Any(),
            _ => true,
        };
    }

    private static Dictionary<string, IOpenApiHeader>? References(string[] names, OpenApiDocument document) =>
        names.Length == 0 ? null : names.ToDictionary(n => n, IOpenApiHeader (n) => new OpenApiHeaderReference(n, document));

    private static JsonNode Example(Problem problem) => JsonSerializer.SerializeToNode(
        ProblemWriter.Body(problem, "/api/v1/properties", "0HNEXAMPLE:00000001", new DateTimeOffset(2026, 12, 1, 9, 30, 0, TimeSpan.Zero)),
        Json.Options)!;
}
