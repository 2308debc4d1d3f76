using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Ids;
using Swashbuckle.AspNetCore.Swagger;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>The API's description of itself: /openapi.json, Swagger UI at /docs, ReDoc at /redoc.</summary>
internal static class OpenApiSetup
{
    private const string Introduction =
        """
        One API for a brokerage's working day: properties and their pipeline, leads, clients, deals, campaigns, valuations, live events.

        **Sign in** with *Authorize* (e-mail address and password), or by `POST /api/v1/auth/login` and the header `Authorization: Bearer …`.
        **Ids** go in as `1`, `"1"` or `"prop_1"`. **Lists** come in pages: follow the `Link` header's `next`; `Accept: text/csv` gives the whole list as a file.
        **Errors** are `application/problem+json` and name all faults at once. **Repeat** a write safely with an `Idempotency-Key`;
        **change** what nobody else has changed meanwhile with `If-Match`. An answer that takes long is a 202 with a job: `GET /api/v1/status/{job_id}`.
        """;

    public static IServiceCollection AddPlatformOpenApi(this IServiceCollection services) => services.AddEndpointsApiExplorer().AddSwaggerGen(options =>
    {
        options.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "Real Estate OS API", Version = "1.0.0",
            Description = Introduction,
        });
        var texts = ApiTexts.Load();
        foreach (var document in texts.Documents) options.IncludeXmlComments(() => document);
        options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "An `access_token` that you have." });
        options.AddSecurityDefinition("account", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2, Description = "Your e-mail address as the username. The client fields stay empty.",
            Flows = new() { Password = new() { TokenUrl = new("/api/v1/auth/token", UriKind.Relative), Scopes = new Dictionary<string, string>() } },
        });
        options.SupportNonNullableReferenceTypes();
        options.NonNullableReferenceTypesAsRequired();
        options.CustomSchemaIds(NameOf);
        foreach (var id in EntityIds.All)
        {
            var text = EntityIds.Explain(id);
            options.MapType(id, () => IdSchema(text));
            options.MapType(typeof(Nullable<>).MakeGenericType(id), () => IdSchema(text));
        }
        options.SchemaFilter<VocabularySchema>();
        options.SchemaFilter<PartialBodySchema>();
        options.SchemaFilter<ValidatedSchema>();
        options.OperationFilter<OperationDescription>();
        options.OperationFilter<RequestExample>(texts);
        options.DocumentFilter<OperationNames>();
    });

    public static IEndpointRouteBuilder MapOpenApi(this IEndpointRouteBuilder app)
    {
        var document = new Lazy<byte[]>(() => Write(app.ServiceProvider.CreateScope().ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger("v1")));
        app.MapGet("/openapi.json", () => TypedResults.Bytes(document.Value, "application/json")).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    /// <summary>The two pages; they stand before routing, because they are files, not endpoints.</summary>
    public static void UseApiPages(this IApplicationBuilder app)
    {
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.SwaggerEndpoint("/openapi.json", "Real Estate OS");
            options.DocumentTitle = "Real Estate OS API";
            options.EnablePersistAuthorization();
            options.DisplayRequestDuration();
            options.EnableFilter();
        });
        app.UseReDoc(options =>
        {
            options.RoutePrefix = "redoc";
            options.SpecUrl = "/openapi.json";
            options.DocumentTitle = "Real Estate OS API";
        });
    }

    private static byte[] Write(OpenApiDocument document)
    {
        using var text = new StringWriter();
        document.SerializeAsV3(new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static OpenApiSchema IdSchema(string text) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = text };

    private static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;
}
