using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.UnitTests.Measures;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("500000", 500_000, null)]
    [InlineData("USD 500000", 500_000, "USD")]
    [InlineData("$1,250,000", 1_250_000, "USD")]
    [InlineData("AED 1,200,000", 1_200_000, "AED")]
    [InlineData("5 mil", 5_000_000, null)]
    [InlineData("AED 1.2m", 1_200_000, "AED")]
    [InlineData("2.375M", 2_375_000, null)]
    [InlineData("1,5 Mio. €", 1_500_000, "EUR")]
    [InlineData("€ 597.500,50", 597_500.50, "EUR")]
    [InlineData("1 250 000", 1_250_000, null)]
    [InlineData("850k gbp", 850_000, "GBP")]
    [InlineData("Dhs. 1,200,000/-", 1_200_000, "AED")]
    [InlineData("1.5 Cr INR", 15_000_000, "INR")]
    [InlineData("A$ 900,000", 900_000, "AUD")]
    [InlineData("٢٬١٥٠٬٠٠٠ درهم", 2_150_000, "AED")]
    [InlineData("1'250'000 CHF", 1_250_000, "CHF")]
    [InlineData("45,500.125 KWD", 45_500.125, "KWD")]
    [InlineData("1.2E+06", 1_200_000, null)]
    public void What_a_text_says_of_an_amount_is_understood_whole(string text, double amount, string? currency)
    {
        Assert.True(MoneyText.TryRead(text, out var money));
        Assert.Equal(((decimal)amount, currency), (money.Amount, money.Currency));
    }

    [Theory]
    [InlineData("XQZ 500000")]
    [InlineData("USD 500000 AED")]
    [InlineData("597.500")]
    [InlineData("1,250 million")]
    [InlineData("500000 negotiable")]
    [InlineData("1.2m - 1.5m")]
    [InlineData("5 000 00")]
    [InlineData("m 5")]
    [InlineData("ask the agent")]
    [InlineData("Rs 500000")]
    [InlineData("")]
    public void What_could_mean_two_things_or_holds_an_unknown_word_is_no_amount(string text) =>
        Assert.False(MoneyText.TryRead(text, out _));

    [Fact]
    public void A_sign_that_countries_share_means_the_organizations_own_currency()
    {
        Assert.True(MoneyText.TryRead("$500,000", out var money, "CAD"));
        Assert.Equal("CAD", money.Currency);
        Assert.True(MoneyText.TryRead("$500,000", out money, "AED"));
        Assert.Equal("USD", money.Currency);
    }

    [Theory]
    [InlineData("Price (USD)", "USD")]
    [InlineData("budget_aed", "AED")]
    [InlineData("AskingPriceEUR", "EUR")]
    [InlineData("Asking price €", "EUR")]
    [InlineData("price", null)]
    [InlineData("market_value", null)]
    public void A_heading_may_end_with_the_currency(string heading, string? currency) =>
        Assert.Equal(currency, MoneyText.CurrencyOfHeading(heading));
}
