using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.UnitTests.Platform;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly", 7, "exactly")]
    [InlineData("longer", 4, "long")]
    [InlineData("ab😀c", 3, "ab")]
    [InlineData("ab😀c", 4, "ab😀")]
    [InlineData("😀", 1, "")]
    [InlineData("any", 0, "")]
    public void A_text_ends_where_a_character_does(string text, int most, string shortened) =>
        Assert.Equal(shortened, text.Shortened(most));
}
