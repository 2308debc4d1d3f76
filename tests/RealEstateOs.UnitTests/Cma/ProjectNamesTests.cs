using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.UnitTests.Cma;

public sealed class ProjectNamesTests
{
    private static readonly ProjectNames Names = new(new (string Project, string Area)[]
    {
        ("The Residences at Marina Gate 1", "Dubai Marina"), ("The Residences at Marina Gate II", "Dubai Marina"),
        ("Azizi Riviera 25", "Meydan One"), ("Azizi Riviera 26", "Meydan One"),
        ("Burj Views Tower A", "Downtown Dubai"), ("Elite Sports Residence 7", "Dubai Sports City"), ("HAMENI", "Jumeirah Village Circle"),
        ("Park Point", "Dubai Hills Estate"), ("Park Point", "Dubai Hills Estate"),
    }.Select((p, i) => new Sale { TransactionNumber = $"{i}", Market = "dubai", Currency = "AED", Date = new(2026, 1, 1), Area = p.Area,
        Project = p.Project, Kind = PropertyKind.Flat, Price = 1, SizeSqm = 1 }));

    [Theory]
    [InlineData("Marina Gate 1", "The Residences at Marina Gate 1")]
    [InlineData("marina-gate one", "The Residences at Marina Gate 1")]
    [InlineData("Marina Gate 2", "The Residences at Marina Gate II")]
    [InlineData("AZIZI RIVIERA 26", "Azizi Riviera 26")]
    [InlineData("Burj Views A", "Burj Views Tower A")]
    [InlineData("Hameni Tower", "HAMENI")]
    public void A_project_is_found_by_the_words_of_its_name(string asked, string project) =>
        Assert.Equal(project, Names.Find(asked)?.Project);

    [Theory]
    [InlineData("Marina Gate")]
    [InlineData("Marina Gate 3")]
    [InlineData("Azizi")]
    [InlineData("The Residences")]
    [InlineData("1")]
    [InlineData("Nowhere Heights")]
    public void A_name_that_fits_several_or_none_is_not_guessed(string asked) => Assert.Null(Names.Find(asked));

    [Fact]
    public void What_might_be_meant_comes_likeliest_first()
    {
        Assert.Equal(["The Residences at Marina Gate 1", "The Residences at Marina Gate II"],
            Names.Like("Marina Gate").Take(2).Select(p => p.Project).Order(StringComparer.Ordinal));
        Assert.Equal("Park Point", Names.Like("Parc Point").First().Project);
        Assert.Equal("Azizi Riviera 25", Names.Like("riviera 25").First().Project);
        Assert.Empty(Names.Like("qqqqqq"));
        Assert.Equal(("Park Point", 2), Names.Largest.Select(p => (p.Project, p.Sales)).First());
    }
}
