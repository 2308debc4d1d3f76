using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.UnitTests.Platform;

public sealed class OneLineTextTests
{
    [Theory]
    [InlineData("Office 4\n\n Bay Square \nDubai", "Office 4, Bay Square, Dubai")]
    [InlineData("مكتب 4\nباي سكوير\nدبي", "مكتب 4، باي سكوير، دبي")]
    [InlineData("Bay Square\nدبي", "Bay Square, دبي")]
    [InlineData("شارع الشيخ زايد\nOffice 12\nDubai", "شارع الشيخ زايد، Office 12, Dubai")]
    [InlineData("", "")]
    public void Lines_become_one_with_the_comma_of_their_script(string lines, string line) => Assert.Equal(line, lines.OneLine());

    [Fact]
    public void An_address_follows_an_arabic_name_behind_an_arabic_comma()
    {
        Assert.Equal("عقارات المنارة، Bay Square, Dubai", OneLineText.InARow("عقارات المنارة", "Bay Square, Dubai"));
        Assert.Equal("Test Realty", OneLineText.InARow("Test Realty"));
    }
}
