using System.Globalization;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Reports;

/// <summary>What a report says, in its language.</summary>
internal sealed class ReportWords : PageWords
{
    private ReportWords(bool arabic) : base(arabic, ReportVocabulary.Words)
    {
    }

    public static ReportWords English { get; } = new(false);

    public static ReportWords Arabic { get; } = new(true);

    public static ReportWords Of(string language) => language == "ar" ? Arabic : English;

    public override string Say(string key, params ReadOnlySpan<object?> values) =>
        base.Say(key, IsArabic ? AllIsolated(values) : values);

    // Names and amounts in Latin letters keep their own direction within an Arabic sentence.
    private object?[] AllIsolated(ReadOnlySpan<object?> values)
    {
        var isolated = new object?[values.Length];
        for (var i = 0; i < values.Length; i++) isolated[i] = Isolated(string.Create(CultureInfo.InvariantCulture, $"{values[i]}"));
        return isolated;
    }

    /// <summary>What a currency is called beside an amount.</summary>
    public string Currency(string code) => IsArabic && code == "AED" ? "درهم" : code;

    public string Money(decimal amount, string currency) => Currency(currency) is var name && name == currency
        ? $"{name}\u00a0{ReportWriter.Amount(amount)}" : $"{ReportWriter.Amount(amount)}\u00a0{name}";

    public string Span(decimal low, decimal high, string currency) =>
        base.Say("amount_range", ReportWriter.Amount(low), ReportWriter.Amount(high), Currency(currency));

    /// <summary>A place as people write it; the whole market where there is none.</summary>
    public string Place(string? name) => name is null ? this["whole_market"] : PlaceNames.Name(name, IsArabic);

    /// <summary>How many homes were sold in a place of late.</summary>
    public string Pace(IReadOnlyCollection<PropertyKind>? kinds, int sales, string? area, MarketStatus trend, DateOnly until) =>
        Say(trend == MarketStatus.TooFewSales ? "sell.pace_few" : "sell.pace", ReportWriter.Amount(sales), Place(area),
            Status(trend).ToLowerInvariant(), Day(until), Kinds(kinds));

    /// <summary>What is counted, as many: apartments, offices; all homes without a kind.</summary>
    public string Kinds(IReadOnlyCollection<PropertyKind>? kinds) => kinds is null ? this["kinds.homes"]
        : string.Join(IsArabic ? "، " : ", ", kinds.Select(k => this["kinds." + Vocabulary.Word(k)]));

    public string Type(PropertyType? type) =>
        type is { } known ? Or("type." + Vocabulary.Word(known), Vocabulary.Word(known).Replace('_', ' ')) : this["type.home"];

    public string Status(MarketStatus status) => this["status." + Vocabulary.Word(status)];

    public string Class(ConfidenceClass confidence) => this["class." + Vocabulary.Word(confidence)];

    public string Adjustment(string name) => Or("adjust." + name, name.Replace('_', ' '));
}
