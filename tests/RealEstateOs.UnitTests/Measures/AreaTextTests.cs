using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.UnitTests.Measures;

public sealed class AreaTextTests
{
    [Theory]
    [InlineData("1291", 1291)]
    [InlineData("1,291 sqft", 1291)]
    [InlineData("1,291 Sq. Ft.", 1291)]
    [InlineData("120 sqm", 1291.67)]
    [InlineData("119,5 m²", 1286.29)]
    [InlineData("120m2", 1291.67)]
    [InlineData("85 square metres", 914.93)]
    [InlineData("100 sq yds", 900)]
    [InlineData("0.25 acres", 10_890)]
    [InlineData("1 ha", 107_639.10)]
    [InlineData("١٢٠ متر مربع", 1291.67)]
    public void An_area_is_read_with_its_unit(string text, double squareFeet)
    {
        Assert.True(AreaText.TryRead(text, out var area));
        Assert.Equal((decimal)squareFeet, area);
    }

    [Theory]
    [InlineData("120 m")]
    [InlineData("3 marla")]
    [InlineData("1200 - 1500 sqft")]
    [InlineData("1200 sqft BUA")]
    [InlineData("large")]
    public void An_unknown_unit_or_word_is_no_area(string text) => Assert.False(AreaText.TryRead(text, out _));

    [Fact]
    public void A_heading_names_the_unit_of_cells_without_one_and_contradicts_another()
    {
        Assert.Equal(AreaText.SquareFeetPerSquareMetre, AreaText.UnitOfHeading("Size (m²)"));
        Assert.Equal(AreaText.SquareFeetPerSquareMetre, AreaText.UnitOfHeading("plot_size_sqm"));
        Assert.Equal(AreaText.SquareFeetPerSquareMetre, AreaText.UnitOfHeading("Area Sq. M."));
        Assert.Equal(1, AreaText.UnitOfHeading("Built-up area in square feet"));
        Assert.Null(AreaText.UnitOfHeading("living_area"));
        Assert.True(AreaText.TryRead("120", out var area, AreaText.SquareFeetPerSquareMetre));
        Assert.Equal(1291.67m, area);
        Assert.False(AreaText.TryRead("1200 sqft", out _, AreaText.SquareFeetPerSquareMetre));
    }
}
