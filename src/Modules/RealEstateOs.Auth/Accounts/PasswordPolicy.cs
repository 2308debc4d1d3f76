using FluentValidation;

namespace RealEstateOs.Auth;

/// <summary>What a new password needs; section <c>Auth:Password</c>.</summary>
internal sealed class PasswordPolicy
{
    /// <summary>Longer ones would only feed the hash function.</summary>
    public const int MaximumLength = 256;

    public int MinimumLength { get; set; } = 8;
    public bool RequireUppercase { get; set; } = true;
    public bool RequireLowercase { get; set; } = true;
    public bool RequireDigit { get; set; } = true;
    public bool RequireSpecial { get; set; } = true;

    /// <summary>Every rule that the password breaks.</summary>
    public IEnumerable<string> Faults(string password)
    {
        if (password.Length < MinimumLength) yield return $"must have at least {MinimumLength} characters";
        if (RequireUppercase && !password.Any(char.IsUpper)) yield return "must contain an upper-case letter";
        if (RequireLowercase && !password.Any(char.IsLower)) yield return "must contain a lower-case letter";
        if (RequireDigit && !password.Any(char.IsDigit)) yield return "must contain a digit";
        if (RequireSpecial && password.All(char.IsLetterOrDigit)) yield return "must contain a special character";
    }
}

internal static class AccountRules
{
    /// <summary>All broken rules of the policy at once.</summary>
    public static IRuleBuilderOptionsConditions<T, string?> MeetsPolicy<T>(this IRuleBuilder<T, string?> rule, PasswordPolicy policy) =>
        rule.Custom((password, context) =>
        {
            foreach (var fault in policy.Faults(password ?? "")) context.AddFailure(fault);
        });
}
