using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.UnitTests.Measures;

public sealed class CurrenciesTests
{
    [Fact]
    public void Currencies_have_decimals_of_their_own()
    {
        Assert.Equal((0, 2, 3), (Currencies.DecimalsOf("JPY"), Currencies.DecimalsOf("AED"), Currencies.DecimalsOf("OMR")));
        Assert.Equal((101m, 100.51m, 100.505m),
            (Currencies.Round(100.505m, "JPY"), Currencies.Round(100.505m, "AED"), Currencies.Round(100.505m, "BHD")));
        Assert.True(Currencies.Fits(100.505m, "KWD"));
        Assert.False(Currencies.Fits(100.5m, "KRW"));
    }

    [Theory]
    [InlineData("AED", true)]
    [InlineData("XCG", true)]
    [InlineData("aed", false)]
    [InlineData("QQQ", false)]
    [InlineData("XAU", false)]
    [InlineData(null, false)]
    public void Only_currencies_that_exist_are_known(string? code, bool known) => Assert.Equal(known, Currencies.IsKnown(code));

    [Theory]
    [InlineData("597500,50", DecimalMark.Comma, 597_500.50)]
    [InlineData("1.250", DecimalMark.Comma, 1250)]
    [InlineData("1.250.000,5", DecimalMark.Comma, 1_250_000.5)]
    [InlineData("1.250", DecimalMark.Point, 1.25)]
    [InlineData("1,250", DecimalMark.Point, 1250)]
    public void A_stated_decimal_mark_decides(string text, DecimalMark mark, double number)
    {
        Assert.True(NumberText.TryRead(text, out var read, mark));
        Assert.Equal((decimal)number, read);
    }

    [Theory]
    [InlineData("119.5", DecimalMark.Comma)]
    [InlineData("119,5", DecimalMark.Point)]
    public void A_number_against_the_stated_mark_is_refused(string text, DecimalMark mark) =>
        Assert.False(NumberText.TryRead(text, out _, mark));
}
