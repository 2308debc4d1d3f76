using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.UnitTests.Measures;

public sealed class PlaceNameTests
{
    [Theory]
    [InlineData("THE RESIDENCES AT MARINA GATE 1", "The Residences at Marina Gate 1")]
    [InlineData("JUMEIRAH LAKES TOWERS", "Jumeirah Lakes Towers")]
    [InlineData("DAMAC HILLS - PHASE II", "DAMAC Hills - Phase II")]
    [InlineData("ME'AISEM FIRST", "Me'aisem First")]
    [InlineData("JLT CLUSTER C, 23 MARINA (BLVD)", "JLT Cluster C, 23 Marina (Blvd)")]
    [InlineData("Hills View at Wasl Gate", "Hills View at Wasl Gate")]
    [InlineData("دبي مارينا", "دبي مارينا")]
    [InlineData("", "")]
    public void A_registry_s_capitals_become_a_name_as_people_write_it(string registered, string written) =>
        Assert.Equal(written, PlaceNames.Written(registered));

    [Fact]
    public void A_place_has_its_arabic_name_where_that_is_known_and_keeps_its_own_else()
    {
        Assert.Equal("الخليج التجاري", PlaceNames.Name("BUSINESS BAY", arabic: true));
        Assert.Equal("Marina Gate 1", PlaceNames.Name("MARINA GATE 1", arabic: true));
        Assert.Equal("Business Bay", PlaceNames.Name("BUSINESS BAY", arabic: false));
    }
}
