using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// What a member that says nothing of its own is: the words about its type, or what its name means everywhere. Clients that are generated
/// look at the member only.
/// </summary>
internal sealed class MemberTexts : IDocumentFilter
{
    private static readonly Dictionary<string, string> Usual = new()
    {
        ["created_at"] = "When it was created.",
        ["updated_at"] = "When it last changed; `created_at` until then.",
        ["currency"] = "ISO 4217, such as AED.",
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var schema in context.SchemaRepository.Schemas.Values)
            foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (TypeOf(member, context.SchemaRepository) is { } text) Say(member, text);
                else if (member is OpenApiSchema && Usual.TryGetValue(name, out var usual)) Say(member, usual);
            }
    }

    private static void Say(IOpenApiSchema member, string text)
    {
        if (member is OpenApiSchemaReference { Reference.Description: null } reference) reference.Reference.Description = text;
        else if (member is OpenApiSchema own) own.Description ??= text;
    }

    private static string? TypeOf(IOpenApiSchema? member, SchemaRepository schemas) => member switch
    {
        OpenApiSchemaReference { Reference.Id: { } id } => schemas.Schemas.GetValueOrDefault(id)?.Description,
        OpenApiSchema { Items: { } item } => TypeOf(item, schemas),
        OpenApiSchema { OneOf: [{ } type, ..] } => TypeOf(type, schemas),
        _ => null,
    };
}
