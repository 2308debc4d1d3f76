using System.Globalization;
using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.Platform.Rendering;

/// <summary>
/// What pages, papers and mails of a kind say, in English or Arabic, each text under its key; {0} … are filled in. An unknown key fails, so
/// that nobody is shown one.
/// </summary>
public abstract class PageWords(bool arabic, IEnumerable<(string Key, string En, string Ar)> texts)
{
    private static readonly string[] ArabicMonths = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
        "أكتوبر", "نوفمبر", "ديسمبر"];

    private readonly Dictionary<string, string> words =
        texts.ToDictionary(t => t.Key, t => arabic ? t.Ar : t.En, StringComparer.Ordinal);

    /// <summary>Is this tag, such as ar-AE, one of Arabic? English is written for every other.</summary>
    public static bool IsArabicTag(string? language) => language?.Split('-')[0].Equals("ar", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The language that is written for who has this tag: ar or en.</summary>
    public static string LanguageOf(string? tag) => IsArabicTag(tag) ? "ar" : "en";

    public bool IsArabic => arabic;

    public string Language => arabic ? "ar" : "en";

    public string Direction => arabic ? "rtl" : "ltr";

    public string this[string key] => words[key];

    /// <summary>
    /// A name, a number or an address that keeps its own direction within an Arabic line, where markup can't isolate it.
    /// </summary>
    public string Isolated(string text) => !arabic ? text
        : (text.HoldsArabic() ? '\u2068' : '\u2066') + text + '\u2069';

    public string Or(string key, string other) => words.GetValueOrDefault(key, other);

    public virtual string Say(string key, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, words[key], values);

    public string Month(DateOnly month) =>
        arabic ? $"{ArabicMonths[month.Month - 1]} {month.Year}" : month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    public string Day(DateOnly day) => arabic ? $"{day.Day} {Month(day)}" : day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
