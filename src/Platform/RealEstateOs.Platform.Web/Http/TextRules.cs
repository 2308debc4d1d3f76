using FluentValidation;

namespace RealEstateOs.Platform.Http;

/// <summary>Rules for texts of request bodies; what is absent passes.</summary>
public static class TextRules
{
    /// <summary>Names, titles, addresses: what stands in one line of a list, a mail's header or a log.</summary>
    public static IRuleBuilderOptions<T, string?> IsOneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Any(char.IsControl)).WithMessage("must be one line, without control characters");

    public static IRuleBuilderOptions<T, string?> IsWebAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(url => url is null
            || (!url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithMessage("must be an address that starts with https:// or http://");
}
