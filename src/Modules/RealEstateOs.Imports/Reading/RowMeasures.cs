using System.Text.Json;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// What a row says of its currency and its unit of area, wherever it stands: in a column of its own, in the cell, in the heading. What
/// contradicts the rest of the row goes through as text, and the API's own rules refuse it.
/// </summary>
internal sealed class RowMeasures
{
    private readonly string? home;
    private readonly string? unitText;

    /// <param name="cells">The cells of the row that have a member.</param>
    /// <param name="home">The currency of rows that name none, which decides what a shared sign means.</param>
    public RowMeasures(IEnumerable<(ImportMember Member, SourceCell Cell)> cells, string? home)
    {
        this.home = home;
        string? own = null, stated = null;
        foreach (var (member, cell) in cells)
        {
            if (member.Name == ImportMember.Currency) own = TextOf(cell) is { } text ? MoneyText.CurrencyNamed(text, home) ?? text : null;
            else if (member.Name == ImportMember.AreaUnit) unitText = TextOf(cell);
            else if (member.Kind == CellKind.Money) stated ??= StatedBy(cell);
        }
        Currency = own ?? stated;
    }

    /// <summary>ISO 4217 where it is known; null where the row says nothing.</summary>
    public string? Currency { get; }

    /// <summary>Writes the value of an amount's or area's cell.</summary>
    public void Write(Utf8JsonWriter json, ImportMember member, SourceCell cell)
    {
        json.WritePropertyName(member.Name);
        if (TextOf(cell) is not { } text) cell.Json!.Value.WriteTo(json);
        else if (member.Kind == CellKind.Money ? TryAmount(cell, text, out var value) : TryArea(cell, text, out value))
            json.WriteNumberValue(value / 1.0000000000000000000000000000m);
        else json.WriteStringValue(text);
    }

    private bool TryAmount(SourceCell cell, string text, out decimal amount)
    {
        var read = MoneyText.TryRead(text, out var money, home);
        amount = money.Amount;
        var heading = MoneyText.CurrencyOfHeading(cell.Column, home);
        return read && (money.Currency ?? Currency) == Currency && (heading ?? Currency) == Currency;
    }

    private bool TryArea(SourceCell cell, string text, out decimal squareFeet)
    {
        squareFeet = 0;
        var unit = AreaText.UnitOfHeading(cell.Column) ?? AreaText.UnitNamed(unitText);
        return (unit is not null || string.IsNullOrEmpty(unitText)) && AreaText.TryRead(text, out squareFeet, unit);
    }

    private string? StatedBy(SourceCell cell) =>
        TextOf(cell) is { } text && MoneyText.TryRead(text, out var money, home) && money.Currency is { } said ? said
            : MoneyText.CurrencyOfHeading(cell.Column, home);

    // A number of a JSON file is written as text, so that heading and unit count for it, too.
    private static string? TextOf(SourceCell cell) => cell.Json switch
    {
        null => cell.Text?.Trim(),
        { ValueKind: JsonValueKind.String } json => json.GetString()?.Trim(),
        { ValueKind: JsonValueKind.Number } json => json.GetRawText(),
        _ => null,
    };
}
