namespace RealEstateOs.Deals.Commissions;

/// <summary>
/// Divides an amount by percents to the cent (or fil) so that the parts always add up to it. Remainder rule, largest remainder:
/// each part is rounded down; the cents left over go, one each, to the parts that lost the largest fraction, on a tie to the one
/// named first.
/// </summary>
internal static class Shares
{
    public static decimal[] Of(decimal amount, IReadOnlyList<decimal> percents)
    {
        if (percents.Sum() != 100) throw new ArgumentException("The percents must add up to 100.", nameof(percents));
        var cents = decimal.Truncate(amount * 100);
        if (cents != amount * 100 || amount < 0) throw new ArgumentOutOfRangeException(nameof(amount), amount, "must be whole cents, not negative");
        var exact = percents.Select(percent => cents * percent / 100).ToArray();
        var parts = exact.Select(decimal.Floor).ToArray();
        var left = (int)(cents - parts.Sum());
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take(left)) parts[i]++;
        return Array.ConvertAll(parts, part => part / 100);
    }
}
