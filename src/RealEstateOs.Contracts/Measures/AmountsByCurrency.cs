namespace RealEstateOs.Contracts.Measures;

/// <summary>
/// Sums that never add one currency to another: <see cref="Total"/> is of the organization's currency, or of the only one there is;
/// every currency stands in <see cref="ByCurrency"/>.
/// </summary>
public sealed class AmountsByCurrency
{
    private AmountsByCurrency(string currency, IReadOnlyDictionary<string, decimal> sums) => (Currency, ByCurrency) = (currency, sums);

    /// <summary>What <see cref="Total"/> is in.</summary>
    public string Currency { get; }

    public IReadOnlyDictionary<string, decimal> ByCurrency { get; }

    public decimal Total => ByCurrency.GetValueOrDefault(Currency);

    /// <param name="amounts">Amounts, or sums of one currency; null is nothing.</param>
    /// <param name="home">The organization's currency.</param>
    public static AmountsByCurrency Of(IEnumerable<(string Currency, decimal? Amount)> amounts, string home)
    {
        var sums = amounts.GroupBy(a => a.Currency, StringComparer.Ordinal).OrderBy(g => g.Key,
            StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(a => a.Amount ?? 0));
        return new(sums.Count == 1 ? sums.Keys.Single() : home, sums);
    }

    /// <summary>What the totals leave out; nothing where they leave out nothing.</summary>
    public IReadOnlyList<string> Notes => ByCurrency.Keys.Where(c => c != Currency).ToArray() is { Length: > 0 } others
        ? [$"Totals are in {Currency}; {string.Join(", ", others)} stand in by_currency. Amounts of different currencies are never added."]
        : [];
}
