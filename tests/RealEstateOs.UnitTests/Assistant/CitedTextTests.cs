using RealEstateOs.Assistant.Answers;

namespace RealEstateOs.UnitTests.Assistant;

public sealed class CitedTextTests
{
    [Theory]
    [InlineData("It closes at 22:00 [1]. Guests park below [2].", "It closes at 22:00 [1]. Guests park below [2].", false)]
    [InlineData("It closes [1][2], they say.", "It closes [1][2]", true)]
    [InlineData("It closes [1, 2].", "It closes [1, 2].", false)]
    [InlineData("Nobody knows.", "", true)]
    [InlineData("Rules:\n- It closes [1].\n- It is lovely.\n- Guests park [2].", "Rules:\n- It closes [1].\n- Guests park [2].", true)]
    [InlineData("It is lovely.\n\nIt closes [1].", "It closes [1].", true)]
    [InlineData("It closes [9]. Guests park [2].", "Guests park [2].", true)]
    [InlineData("# Pool\n\nIt closes [1]", "# Pool\n\nIt closes [1]", false)]
    [InlineData("See [here] or [1a].", "", true)]
    [InlineData("يغلق في ٢٢:٠٠ [١]. المواقف أدناه [١، ٢].", "يغلق في ٢٢:٠٠ [1]. المواقف أدناه [1, 2].", false)]
    [InlineData("", "", false)]
    public void What_names_its_source_is_shown_however_it_arrives(string text, string shown, bool leftOut)
    {
        foreach (var size in new[] { 1, 2, 5, 1000 })
        {
            var cited = new CitedText(Two());
            var told = string.Concat(text.Chunk(size).Select(piece => cited.Append(new string(piece)))) + cited.End();
            Assert.Equal((shown, shown, leftOut), (told, cited.Text, cited.LeftOut));
        }
    }

    [Fact]
    public void Nothing_is_shown_before_its_source_has_arrived()
    {
        var cited = new CitedText(Two());
        Assert.Equal("", cited.Append("It closes at 22:00 "));
        Assert.Equal("", cited.Append("[1"));
        Assert.Equal("It closes at 22:00 [1]", cited.Append("] and "));
    }

    [Fact]
    public void Figures_are_looked_for_in_the_sources_that_the_statement_names()
    {
        var cited = new CitedText(Two());
        cited.Append("It costs 1,800,000 [2]. It costs 1800000 and closes at 22:00 [1]. It has 2 doors [1]. ١٬٨٠٠٬٠٠٠ [٢].");
        Assert.Equal(["1800000"], cited.Unfounded);
    }

    private static Sources Two()
    {
        var sources = new Sources();
        sources.Add(new RecordFact(new RecordLink("property", "prop_1", "", ""), "The pool closes at 22:00."));
        sources.Add(new RecordFact(new RecordLink("property", "prop_2", "", ""), "AED 1,800,000"));
        return sources;
    }
}
