using System.Globalization;
using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>Which part of 03/04/2026 comes first.</summary>
internal enum DateParts { Unsaid, DayFirst, MonthFirst }

/// <summary>
/// Reads the fields of a list of sales that follows nobody's format: what could be meant in two ways is not read unless the operator said
/// which.
/// </summary>
internal sealed class GenericText(SaleFileOptions options)
{
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yyyy HH:mm:ss", "d-M-yyyy HH:mm:ss"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M/d/yyyy HH:mm:ss", "M-d-yyyy HH:mm:ss"];

    public DateOnly? Date(string? text)
    {
        if (FieldText.Text(text) is not { } value) return null;
        if (value.Length >= 4 && value.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0) return FieldText.Date(value);
        var (day, month) = (Exact(value, DayFirst), Exact(value, MonthFirst));
        return options.Dates switch
        {
            DateParts.DayFirst => day,
            DateParts.MonthFirst => month,
            _ => day is null || month is null || day == month ? day ?? month : null,
        };
    }

    /// <summary>An amount in the market's currency; one that names another is none.</summary>
    public double? Price(string? text)
    {
        if (FieldText.Text(text) is not { } value) return null;
        if (options.Decimals != DecimalMark.Unsaid && NumberText.TryRead(value, out var number, options.Decimals)) return (double)number;
        if (options.Decimals == DecimalMark.Comma) return null;
        return MoneyText.TryRead(value, out var money, options.Currency) && (money.Currency ?? options.Currency) == options.Currency
            ? (double)money.Amount : null;
    }

    /// <summary>An area in square metres, of a column in this unit (square feet in it); a cell that names another is none.</summary>
    public double? SquareMetres(string? text, decimal unit)
    {
        if (FieldText.Text(text) is not { } value) return null;
        if (Number(value) is { } number) return unit == 1 ? number / Units.SqftPerSqm : number;
        return !CouldBeBoth(value) && AreaText.TryRead(value, out var squareFeet, unit) ? (double)squareFeet / Units.SqftPerSqm : null;
    }

    public double? Number(string? text) =>
        FieldText.Text(text) is { } value && !CouldBeBoth(value) && NumberText.TryRead(value, out var number, options.Decimals)
            ? (double)number : null;

    // "1,195" and "1.195" are thousands to some and fractions to others.
    private bool CouldBeBoth(string value) => options.Decimals == DecimalMark.Unsaid && NumberText.IsAmbiguous(value.Replace(',', '.'));

    private static DateOnly? Exact(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? DateOnly.FromDateTime(date) : null;
}
