using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.UnitTests.Leads;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+971 50 123 4567", null, "+971501234567")]
    [InlineData("00971501234567", null, "+971501234567")]
    [InlineData("971-50-123-4567", null, "+971501234567")]
    [InlineData("+971 (0)50 123 4567", null, "+971501234567")]
    [InlineData("050 123 4567", "US", "+971501234567")]
    [InlineData("501234567", "AE", "+971501234567")]
    [InlineData("04 123 4567", "AE", "+97141234567")]
    [InlineData("(415) 555-2671", null, "+14155552671")]
    [InlineData("1 415 555 2671", "US", "+14155552671")]
    [InlineData("415.555.2671 ext. 12", "US", "+14155552671")]
    [InlineData("011 971 50 123 4567", "US", "+971501234567")]
    [InlineData("+44 20 7946 0958", "AE", "+442079460958")]
    [InlineData("tel:+14155552671", null, "+14155552671")]
    public void The_same_number_is_the_same_however_it_is_written(string text, string? country, string e164) =>
        Assert.Equal(e164, PhoneNumber.Normalise(text, country));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("12345", null)]
    [InlineData("501234567", "US")]
    [InlineData("07911 123456", "GB")]
    [InlineData("057 123 4567", "AE")]
    [InlineData("+1", null)]
    [InlineData("call me", null)]
    public void What_cannot_be_told_is_no_number(string? text, string? country) => Assert.Null(PhoneNumber.Normalise(text, country));

    [Theory]
    [InlineData(" Sara.H@Example.COM ", "sara.h@example.com")]
    [InlineData("a@bücher.example", "a@xn--bcher-kva.example")]
    [InlineData("a+tag@example.com", "a+tag@example.com")]
    [InlineData("  ", null)]
    public void One_mailbox_has_one_spelling(string address, string? normalised) => Assert.Equal(normalised, EmailAddress.Normalise(address));
}
