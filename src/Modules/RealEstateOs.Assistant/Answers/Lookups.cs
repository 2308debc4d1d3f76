using System.Globalization;
using System.Text.RegularExpressions;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// Answers a kind of question from the office's own records, under the asker's permissions; null where the question is not of its kind.
/// </summary>
internal interface ILookup
{
    Task<LookedUp?> TryAsync(Question question, CancellationToken ct);
}

internal sealed record LookedUp(string Text, string Label, IReadOnlyList<RecordLink> Records, string? Note = null);

/// <summary>"Which flats in Dubai Marina have two bedrooms?"</summary>
internal sealed class ListingsLookup(OfficeRecords office) : ILookup
{
    private const string Label = "From the office's available listings";
    private const string None = "The office has no available listing that fits, among those that you may see.";
    private const string NoneInArabic = "لا يوجد لدى المكتب عقار متاح يطابق ذلك مما يمكنك رؤيته.";
    private const int Shown = 10;

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct)
    {
        if (ListingQuestion.Read(question.Text) is not { } asked) return null;
        var candidates = await office.ListingsAsync(asked.Wish, ct);
        var fitting = candidates.Where(asked.Fits).ToList();
        var note = candidates.Count == OfficeRecords.Candidates
            ? $"Only the newest {OfficeRecords.Candidates} listings were looked through." : null;
        // A place in Arabic letters that nobody knows by them may have listings all the same.
        if (fitting.Count == 0 && asked.Wish.Areas.Any(a => Languages.Of(a) == Languages.Arabic)) return null;
        if (fitting.Count == 0) return new LookedUp(question.IsArabic ? NoneInArabic : None, Label, [], note);
        var head = question.IsArabic ? $"عدد العقارات المتاحة المطابقة: {fitting.Count}."
            : $"{fitting.Count} available listing{(fitting.Count == 1 ? " fits" : "s fit")}:";
        var facts = fitting.Take(Shown).Select(OfficeRecords.Of).ToList();
        return new LookedUp($"{head}\n{string.Join('\n', facts.Select(f => $"- {f.Text}"))}", Label,
            [.. facts.Select(f => f.Record)], note);
    }
}

/// <summary>A question for listings, as its words give it.</summary>
internal sealed partial record ListingQuestion(PropertyWish Wish, int? Bedrooms)
{
    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["غرفة"] = 1, ["غرفتين"] = 2, ["غرفتان"] = 2,
    };

    private static readonly (string Word, PropertyType[] Types)[] Types =
    [
        ("flat", [PropertyType.Apartment, PropertyType.Condo, PropertyType.LuxuryApartment, PropertyType.HotelApartment]),
        ("apartment", [PropertyType.Apartment, PropertyType.Condo, PropertyType.LuxuryApartment, PropertyType.HotelApartment]),
        ("شق", [PropertyType.Apartment, PropertyType.Condo, PropertyType.LuxuryApartment, PropertyType.HotelApartment]),
        ("villa", [PropertyType.Villa]), ("فيل", [PropertyType.Villa]), ("فلل", [PropertyType.Villa]),
        ("townhouse", [PropertyType.Townhouse]), ("penthouse", [PropertyType.Penthouse]),
        ("studio", [PropertyType.Studio]), ("duplex", [PropertyType.Duplex]), ("office", [PropertyType.Office, PropertyType.Commercial]),
        ("warehouse", [PropertyType.Warehouse]),
        ("condo", [PropertyType.Condo]), ("plot", [PropertyType.Land]), ("shop", [PropertyType.Retail]),
    ];

    public bool Fits(PropertySummary p) => Bedrooms is not { } beds || p.Bedrooms == beds;

    public static ListingQuestion? Read(string text)
    {
        if (Asks().Match(text) is not { Success: true } asks) return null;
        var noun = asks.Groups["noun"].Value.ToLowerInvariant();
        var beds = Beds().Match(text) is { Success: true } b ? Count(b.Groups["count"].Value)
            : ArabicBeds().Match(text) is { Success: true } a ? Count(a.Groups["count"].Value) : null;
        var wish = new PropertyWish
        {
            Areas = Place().Match(text) is { Success: true } place ? [place.Groups["place"].Value.Trim()] : [],
            Types = [.. Types.Where(t => noun.StartsWith(t.Word, StringComparison.Ordinal)).SelectMany(t => t.Types)],
            MaxPrice = Most().Match(text) is { Success: true } most ? Amount(most) : null,
            MinPrice = Least().Match(text) is { Success: true } least ? Amount(least) : null,
            MinBedrooms = beds,
            Purpose = ForRent().IsMatch(text) ? ListingPurpose.Rent : ForSale().IsMatch(text) ? ListingPurpose.Sale : null,
        };
        // "Which homes are there?" is no search; something must narrow it.
        return wish.Areas.Count + wish.Types.Count > 0 || beds is not null || wish.MaxPrice is not null || wish.MinPrice is not null
            || wish.Purpose is not null
            ? new ListingQuestion(wish, beds) : null;
    }

    [GeneratedRegex(@"\b(?:for|to) (?:rent|let|lease)\b|\brental|للإيجار|للايجار", RegexOptions.IgnoreCase)]
    private static partial Regex ForRent();

    [GeneratedRegex(@"\b(?:for sale|to buy)\b|للبيع", RegexOptions.IgnoreCase)]
    private static partial Regex ForSale();

    private static int? Count(string word) => Numbers.TryGetValue(word.ToLowerInvariant(), out var known) ? known
        : int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Amount(Match match)
    {
        if (!decimal.TryParse(match.Groups["amount"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var amount) || amount > 1_000_000_000) return null;
        return amount * match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "k" or "thousand" => 1_000m,
            "m" or "million" or "mn" => 1_000_000m,
            _ => 1m,
        };
    }

    [GeneratedRegex(
        @"(\b(which|what|show|list|find|any|available|how many|do we have|have we( got)?)\b|أي|ما هي|ما هو|اعرض|كم)\s+(?:[\w'-]+\s+){0,3}?"
            + @"(?<noun>flats|apartments|villas|townhouses|penthouses|studios|duplexes|offices|warehouses|"
            + @"condos|plots|shops|homes|houses|properties|listings|units|شقق|الشقق|شقة|فلل|الفلل|فيلا|عقارات|العقارات)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\b(?<count>\d{1,2}|one|two|three|four|five|six)[\s-]*(?:bed|br\b|bhk\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Beds();

    [GeneratedRegex(@"(?<count>غرفتين|غرفتان|\d{1,2}(?=\s*غرف)|غرفة)")]
    private static partial Regex ArabicBeds();

    [GeneratedRegex(
        @"(?:\b(?:in|at|near)\s+|في\s+)(?<place>[\p{L}\d' -]+?)"
            + @"(?=\s+(?:have|has|had|with|that|which|under|below|over|above|for|are|is|up to|do|and|of at)\b"
            + @"|\s+(?:فيها|بها|تحتوي|مع|بسعر)|[?,.؟]|$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"\b(?:under|below|up to|at most|less than|max(?:imum)?)\s+"
            + @"(?:[A-Z]{3}\s*|\$\s*)?(?<amount>\d[\d,]*(?:\.\d+)?)\s*(?<unit>k|m|mn|million|thousand)?\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Most();

    [GeneratedRegex(
        @"\b(?:over|above|at least|more than|from)\s+"
            + @"(?:[A-Z]{3}\s*|\$\s*)?(?<amount>\d[\d,]*(?:\.\d+)?)\s*(?<unit>k|m|mn|million|thousand)?\b(?!\s*(?:bed|br|bhk))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Least();
}
