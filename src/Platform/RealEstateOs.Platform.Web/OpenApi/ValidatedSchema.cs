using System.Globalization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// What the validator of a body always asks for: required members, bounds, patterns. Rules under a condition are left out.
/// </summary>
internal sealed class ValidatedSchema(IServiceProvider services) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: not null } body || context.Type.ContainsGenericParameters) return;
        if (services.GetService(typeof(IValidator<>).MakeGenericType(context.Type)) is not IValidator validator) return;
        foreach (var rule in validator.CreateDescriptor().Rules
            .Where(r => r is { PropertyName: not null, HasCondition: false, HasAsyncCondition: false }))
        {
            if (!body.Properties.TryGetValue(Json.SnakeCase(rule.PropertyName), out var found)) continue;
            foreach (var component in rule.Components.Where(c => c is { HasCondition: false, HasAsyncCondition: false }))
            {
                if (component.Validator is INotEmptyValidator or INotNullValidator) Require(body, Json.SnakeCase(rule.PropertyName), found);
                if (found is OpenApiSchema member) Bound(member, component.Validator);
            }
        }
    }

    private static void Require(OpenApiSchema body, string name, IOpenApiSchema found)
    {
        (body.Required ??= new HashSet<string>()).Add(name);
        if (found is OpenApiSchema { OneOf: [OpenApiSchemaReference asked, _] }) body.Properties![name] = asked;
        else if (found is OpenApiSchema member) member.Type &= ~JsonSchemaType.Null;
    }

    private static void Bound(OpenApiSchema member, IPropertyValidator validator)
    {
        switch (validator)
        {
            case IBetweenValidator between:
                (member.Minimum, member.Maximum) = (Number(between.From), Number(between.To));
                break;
            case IComparisonValidator { MemberToCompare: null, ValueToCompare: not null } compared:
                Compare(member, compared.Comparison, Number(compared.ValueToCompare));
                break;
            case IRegularExpressionValidator matched when !matched.Expression.Contains(@"\p{",
                StringComparison.Ordinal): // of which many clients know nothing
                member.Pattern = matched.Expression.Replace(@"\z", "$", StringComparison.Ordinal); // a "$" of .NET lets a line feed follow
                break;
            case IEmailValidator:
                member.Format = "email";
                break;
            case ILengthValidator length:
                if (length.Min > 0) member.MinLength = length.Min;
                if (length.Max > 0) member.MaxLength = length.Max;
                break;
        }
    }

    private static void Compare(OpenApiSchema member, Comparison comparison, string? bound)
    {
        switch (comparison)
        {
            case Comparison.GreaterThan: member.ExclusiveMinimum = bound; break;
            case Comparison.GreaterThanOrEqual: member.Minimum = bound; break;
            case Comparison.LessThan: member.ExclusiveMaximum = bound; break;
            case Comparison.LessThanOrEqual: member.Maximum = bound; break;
        }
    }

    private static string? Number(object value) =>
        value is int or long or decimal or double or float or short ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
