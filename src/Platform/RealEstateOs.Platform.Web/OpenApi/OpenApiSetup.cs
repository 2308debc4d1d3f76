using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Ids;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>The API's description of itself, OpenAPI 3.1: /openapi.json.</summary>
internal static class OpenApiSetup
{
    private const string Introduction =
        """
        One API for a brokerage's working day: properties and their pipeline, leads, clients, deals, campaigns, valuations, live events.

        **Sign in** with *Authorize* (e-mail address and password), or by `POST /api/v1/auth/login` and the
        header `Authorization: Bearer …`.
        **Ids** go in as `1`, `"1"` or `"prop_1"`. **Lists** come in pages: follow the `Link` header's `next`;
        `Accept: text/csv` gives the whole list as a file.
        **Errors** are `application/problem+json` and name all faults at once. **Repeat** a write safely with an `Idempotency-Key`;
        **change** what nobody else has changed meanwhile with `If-Match`. **Times** are answered in UTC; one without
        a zone is taken for what the clock in the office shows. An answer that takes long
        is a 202 with a job: `GET /api/v1/status/{job_id}`.
        """;

    public static IServiceCollection AddPlatformOpenApi(this IServiceCollection services, IConfiguration configuration) =>
        services.AddEndpointsApiExplorer().AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Real Estate OS API", Version = "1.0.0", Description = Introduction,
                License = new() { Name = "MIT", Identifier = "MIT" },
                Contact = new()
                {
                    Name = configuration["Contact:Name"] ?? "Whoever runs this installation", Email = configuration["Contact:Email"],
                    Url = configuration["Contact:Url"] is { Length: > 0 } page ? new(page) : null,
                },
            });
            options.AddServer(new() { Url = "/", Description = "The installation that this document comes from" });
            var texts = ApiTexts.Load();
            foreach (var document in texts.Documents) options.IncludeXmlComments(() => document);
            AddSignIn(options);
            AddTypes(options);
            options.SchemaFilter<VocabularySchema>();
            options.SchemaFilter<PartialBodySchema>();
            options.SchemaFilter<MemberSchemas>();
            options.SchemaFilter<ValidatedSchema>();
            options.SchemaFilter<ProblemSchema>();
            options.OperationFilter<OperationDescription>(texts);
            options.DocumentFilter<OperationNames>();
            options.DocumentFilter<AnswerDescription>();
            options.DocumentFilter<AnswerExamples>();
            options.DocumentFilter<WebhookDescription>();
            options.DocumentFilter<MemberTexts>();
            options.DocumentFilter<ApiTags>();
        });

    public static IEndpointRouteBuilder MapOpenApi(this IEndpointRouteBuilder app)
    {
        var document = new Lazy<byte[]>(
            () => Write(app.ServiceProvider.CreateScope().ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger("v1")));
        // Weak, because what is compressed has other bytes.
        var tag = new Lazy<EntityTagHeaderValue>(
            () => new($"\"{Convert.ToHexStringLower(SHA256.HashData(document.Value).AsSpan(0, 12))}\"", isWeak: true));
        app.MapGet("/openapi.json", () => TypedResults.Bytes(document.Value, "application/json", entityTag: tag.Value)).AllowAnonymous()
            .ExcludeFromDescription();
        return app;
    }

    private static void AddSignIn(SwaggerGenOptions options)
    {
        options.AddSecurityDefinition("account", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2, Description = "Your e-mail address as the username. The client fields stay empty.",
            Flows = new() { Password = new() { TokenUrl = new("/api/v1/auth/token", UriKind.Relative),
                Scopes = new Dictionary<string, string>() } },
        });
        options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "An `access_token` that you have.",
        });
        options.AddSecurityDefinition("api_key", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyScheme.Header,
            Description = "A key of `POST /api/v1/api-keys`, for forms and portals. It opens what says so.",
        });
        options.AddSecurityRequirement(document => new() { [new OpenApiSecuritySchemeReference("account", document)] = [] });
        options.AddSecurityRequirement(document => new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
    }

    private static void AddTypes(SwaggerGenOptions options)
    {
        options.SupportNonNullableReferenceTypes();
        options.NonNullableReferenceTypesAsRequired();
        options.CustomSchemaIds(NameOf);
        foreach (var id in EntityIds.All)
        {
            options.MapType(id, () => IdSchemas.Of(id));
            options.MapType(typeof(Nullable<>).MakeGenericType(id), () => IdSchemas.Of(id, nullable: true));
        }
        options.MapType<decimal>(() => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "decimal" });
        options.MapType<decimal?>(() => new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "decimal" });
        options.MapType<Stream>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" });
        options.MapType<JsonElement>(() => new OpenApiSchema());
        options.MapType<JsonElement?>(() => new OpenApiSchema());
    }

    private static byte[] Write(OpenApiDocument document)
    {
        using var text = new StringWriter();
        document.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;
}
