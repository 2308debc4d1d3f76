using Microsoft.OpenApi;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>Every event as a webhook: what comes, in which headers, and what to answer.</summary>
internal sealed class WebhookDescription : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        foreach (var type in EventTypes.All)
        {
            var name = string.Concat(type.Name.Split('.', '_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
            var message = $"{name}Message";
            var data = context.SchemaGenerator.GenerateSchema(type.Payload, context.SchemaRepository);
            WriteIdsAsNumbers(type.Payload, (OpenApiSchema)context.SchemaRepository.Schemas[type.Payload.Name]);
            var text = context.SchemaRepository.Schemas[type.Payload.Name].Description;
            var (summary, more) = Sentences.Split(
                text ?? throw new InvalidOperationException($"{type.Payload.Name} needs a summary: it is the webhook's text."));
            swaggerDoc.Webhooks.Add(type.Name, new OpenApiPathItem
            {
                Operations = new()
                {
                    [HttpMethod.Post] = new OpenApiOperation
                    {
                        OperationId = $"on{name}", Summary = summary,
                        Tags = new HashSet<OpenApiTagReference> { new("Webhooks", swaggerDoc) },
                        Description = ($"{more}\n\nSigned by Standard Webhooks. Events of one resource come in order; "
                            + "the same event may come twice, with the same `webhook-id`.").Trim(),
                        Parameters =
                        [
                            Header("webhook-id", "The event's id, the same at each attempt.", JsonSchemaType.String),
                            Header("webhook-timestamp", "When this attempt was sent, in seconds since 1970.", JsonSchemaType.Integer),
                            Header("webhook-signature",
                                "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; "
                                    + "several, parted by spaces, while a secret is rotated.", JsonSchemaType.String),
                        ],
                        RequestBody = new OpenApiRequestBody
                        {
                            Required = true,
                            Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] =
                                new OpenApiMediaType { Schema = context.SchemaRepository.AddDefinition(message,
                                    Message(type.Name, data)) } },
                        },
                        Responses = new OpenApiResponses
                        {
                            ["2XX"] = new OpenApiResponse { Description = "Taken. Anything else, a redirect too, is tried again later." },
                            ["410"] = new OpenApiResponse { Description = "Ends the subscription." },
                        },
                    },
                },
            });
        }
    }

    private static OpenApiSchema Message(string name, IOpenApiSchema data) => new()
    {
        Type = JsonSchemaType.Object, Required = new HashSet<string> { "type", "timestamp", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = name, Description = "The event's name." },
            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When it happened." },
            ["data"] = data,
        },
    };

    // Events tell ids as the numbers they are, also of what answers show by reference.
    private static void WriteIdsAsNumbers(Type payload, OpenApiSchema schema)
    {
        foreach (var member in payload.GetProperties())
        {
            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (!EntityIds.IsId(type) || !schema.Properties!.ContainsKey(Json.SnakeCase(member.Name))) continue;
            schema.Properties[Json.SnakeCase(member.Name)] = IdSchemas.Number(type, type != member.PropertyType);
        }
    }

    private static OpenApiParameter Header(string name, string text, JsonSchemaType type) =>
        new() { Name = name, In = ParameterLocation.Header, Required = true, Description = text,
            Schema = new OpenApiSchema { Type = type } };
}
