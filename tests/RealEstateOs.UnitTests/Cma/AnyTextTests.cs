using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class AnyTextTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Fact]
    public void Whatever_stands_in_a_field_a_row_is_read_or_refused_but_never_breaks_the_file()
    {
        Prop.ForAll<NonNull<string>, NonNull<string>>((price, size) =>
        {
            var text = $"id,date,price,sqft_living,zipcode\n1,2026-01-01,{Quoted(price.Get)},{Quoted(size.Get)},98053\n"
                + "2,2026-01-01,500000,1500,98053\n";
            var rows = Rows(text).GetAwaiter().GetResult();
            return rows.Count == 2 && (rows[0].Sale is null) != (rows[0].Refusal is null) && rows[1].Sale is { IsArmsLength: true };
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_name_and_its_canonical_name_are_one_place()
    {
        Prop.ForAll<NonNull<string>>(
            name => AreaNames.Default.Canonical(AreaNames.Default.Canonical(name.Get)) == AreaNames.Default.Canonical(name.Get))
            .QuickCheckThrowOnFailure();
        Assert.Equal("Dubai Marina", AreaNames.Default.Canonical(" marsa  DUBAI "));
        Assert.Equal("Jumeirah Village Circle", new AreaNames([new("The Circle", "JVC")]).Canonical("the circle"));
    }

    // A null character or a lone surrogate is no text that a file could hold.
    private static string Quoted(string text) =>
        $"\"{new string([.. text.Where(c => c != '\0' && !char.IsSurrogate(c))]).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<List<SaleRow>> Rows(string text)
    {
        var rows = new List<SaleRow>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var row in SaleFileReader.Read(stream, new() { Today = Today })) rows.Add(row);
        return rows;
    }
}
