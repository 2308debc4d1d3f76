using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Deals.Commissions;

/// <summary>
/// Divides an amount by percents to the smallest unit of its currency (a cent, a fil, a whole yen) so that the parts always add up to it.
/// Remainder rule, largest remainder: each part is rounded down; the units left over go, one each, to the parts that lost the largest
/// fraction, on a tie to the one named first.
/// </summary>
internal static class Shares
{
    public static decimal[] Of(decimal amount, IReadOnlyList<decimal> percents, string currency)
    {
        if (percents.Sum() != 100) throw new ArgumentException("The percents must add up to 100.", nameof(percents));
        var perUnit = Currencies.DecimalsOf(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
        var units = decimal.Truncate(amount * perUnit);
        if (units != amount * perUnit || amount < 0)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "must be whole units of its currency, not negative");
        var exact = percents.Select(percent => units * percent / 100).ToArray();
        var parts = exact.Select(decimal.Floor).ToArray();
        var left = (int)(units - parts.Sum());
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take(left)) parts[i]++;
        return Array.ConvertAll(parts, part => part / perUnit);
    }
}
