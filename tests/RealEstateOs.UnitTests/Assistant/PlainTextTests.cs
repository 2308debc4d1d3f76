using RealEstateOs.Assistant.Extraction;

namespace RealEstateOs.UnitTests.Assistant;

public sealed class PlainTextTests
{
    [Fact]
    public void Headings_rules_and_links_are_marks_and_no_text()
    {
        var text = PlainText.Read("""
            # The house ##

            Dogs are kept on a [leash](https://example.com/leash).
            ---
            | Floor | Flats |
            |:---|---:|
            | 1 | 4 |
            """);
        var block = Assert.Single(text.Blocks);
        Assert.Equal(("The house", "Dogs are kept on a leash.\nFloor | Flats\n1 | 4"), (block.Heading, block.Text));
    }

    // What costs by more than the length of a line would never end here.
    [Theory]
    [InlineData("", "-", "x")]
    [InlineData("# a", " ", "x")]
    [InlineData("", "[", "")]
    [InlineData("", "[a](", "x")]
    public void A_line_of_a_hundred_thousand_marks_is_read_like_any_other(string begin, string mark, string end) =>
        Assert.EndsWith("Text", PlainText.Read(begin + string.Concat(Enumerable.Repeat(mark, 100_000)) + end + "\n\nText").Blocks[^1].Text,
            StringComparison.Ordinal);
}
