using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// Adds to each operation what holds for its kind: sign-in and permission, list parameters, conditional and idempotency headers.
/// </summary>
internal sealed class OperationDescription(ApiTexts texts) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var (endpoint, metadata) = (context.ApiDescription, context.ApiDescription.ActionDescriptor.EndpointMetadata);
        (operation.Summary, operation.Description) = Sentences.Split($"{operation.Summary} {operation.Description}");
        operation.Description = $"{operation.Description}\n\n{WhoMay(metadata)}".Trim();
        if (metadata.OfType<IAllowAnonymous>().Any()) operation.Security = []; // else the document's own, which asks for a sign-in
        if (metadata.OfType<AcceptsApiKey>().Any())
            operation.Security = [.. new[] { "account", "bearer", "api_key" }.Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
            })];
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>()) DescribeDeclared(parameter, endpoint);
        if (metadata.OfType<ListOfSlice>().FirstOrDefault() is { } list) AddList(operation, list.Spec, context);
        if (endpoint.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
            operation.Parameters.Add(Header("Idempotency-Key", "A repeat with the same key within 24 hours replays the first answer."));
        if (endpoint.HttpMethod is "PUT" or "PATCH" or "DELETE")
            operation.Parameters.Add(Header("If-Match", "Refuses with 412 when the resource has moved on from this ETag."));
        DescribeBody(operation, context);
        DescribeLists(operation, endpoint);
    }

    // Where a form or JSON may come, the form is described: generated clients make one method of a body, and one of two kinds sends no
    // file.
    private void DescribeBody(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content }) return;
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>()
            .FirstOrDefault()?.RequestType is not { } type) return;
        if (!content.TryGetValue("application/json", out var found) || found is not OpenApiMediaType json) return;
        json.Example = texts.ExampleOf(type);
        if (!content.ContainsKey("multipart/form-data")) return;
        content.Remove("application/json");
        operation.Description += "\n\nJSON with the same members but the file is taken as well.";
    }

    private static void DescribeLists(OpenApiOperation operation, ApiDescription endpoint)
    {
        if (endpoint.HttpMethod != "GET" || operation.Responses?.TryGetValue("200", out var found) != true
            || found is not OpenApiResponse { Content: { } content }) return;
        if (!content.TryGetValue("application/json", out var json)) return;
        operation.Parameters!.Add(Many("fields", "Only these members of the answer, or of its rows; several, comma separated.",
            new OpenApiSchema { Type = JsonSchemaType.String }));
        if (json is OpenApiMediaType { Schema.Type: JsonSchemaType.Array })
            content["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String,
                Description = "The whole list, not a page." } };
    }

    private static string WhoMay(IList<object> metadata) =>
        metadata.OfType<NeedsPermission>().FirstOrDefault() is { } needs ? $"Needs the permission `{needs.Permission}`."
        : metadata.OfType<IAllowAnonymous>().Any() ? "Needs no sign-in." : "Open to everybody who is signed in.";

    private static void DescribeDeclared(OpenApiParameter parameter, ApiDescription endpoint)
    {
        if (endpoint.ParameterDescriptions.FirstOrDefault(p => p.Name == parameter.Name)?.ParameterDescriptor is not { } declared) return;
        var attributes = (declared as IParameterInfoParameterDescriptor)?.ParameterInfo;
        parameter.Deprecated = attributes?.IsDefined(typeof(OtherNameAttribute)) == true;
        var shape = attributes?.GetCustomAttribute<JsonShapeAttribute>()?.Type;
        var type = Nullable.GetUnderlyingType(declared.ParameterType) ?? declared.ParameterType;
        if (shape is not null && EntityIds.IsId(shape)) type = shape;
        if (!EntityIds.IsId(type)) return;
        parameter.Schema = shape == typeof(long) ? IdSchemas.Number(type, nullable: false) : IdSchemas.Of(type);
        parameter.Description ??= parameter.Schema.Description;
    }

    private static void AddList(OpenApiOperation operation, IListSpec list, OperationFilterContext context)
    {
        operation.Parameters!.Add(Number("limit", $"1 to {ListRequest.MaxLimit}, default {ListRequest.DefaultLimit}.", least: 1,
            most: ListRequest.MaxLimit));
        operation.Parameters.Add(Number("offset", "Rows to skip; also as skip. The next link of an answer costs less."));
        operation.Parameters.Add(Query("after", "The cursor of a next link.", new OpenApiSchema { Type = JsonSchemaType.String }));
        foreach (var parameter in list.Parameters.DistinctBy(p => p.Name).OrderBy(p => p.IsOtherName))
            operation.Parameters.Add(Filter(parameter, context));
    }

    private static OpenApiParameter Filter(ListParameter parameter, OperationFilterContext context)
    {
        var type = parameter.Type;
        var value = EntityIds.IsId(type) ? IdSchemas.Of(type) : context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        var described = parameter.TakesMany ? Many(parameter.Name, parameter.Description, value)
            : Query(parameter.Name, parameter.Description, value);
        described.Deprecated = parameter.IsOtherName;
        return described;
    }

    private static OpenApiParameter Many(string name, string description, IOpenApiSchema value)
    {
        var many = Query(name, description, new OpenApiSchema { Type = JsonSchemaType.Array, Items = value });
        (many.Style, many.Explode) = (ParameterStyle.Form, false); // comma separated
        return many;
    }

    private static OpenApiParameter Number(string name, string description, int least = 0, int? most = null) =>
        Query(name, description, new OpenApiSchema
        {
            Type = JsonSchemaType.Integer, Format = "int32", Minimum = Text(least), Maximum = most is { } bound ? Text(bound) : null,
        });

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static OpenApiParameter Query(string name, string description, IOpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
