using FluentValidation;
using FluentValidation.Results;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Messages;

internal static class VariableRules
{
    /// <summary>A text with variables: an unknown one is refused, and the answer lists the known ones.</summary>
    public static void HasVariables<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> known) => rule.Custom((text, context) =>
    {
        foreach (var fault in MessageTemplate.Check(context.PropertyPath, text, known))
            context.AddFailure(new ValidationFailure(context.PropertyPath, fault.Message));
    });
}
