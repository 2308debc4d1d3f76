using RealEstateOs.Outreach.ProviderWebhooks;

namespace RealEstateOs.UnitTests.Outreach;

public sealed class ProviderWordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("Stop.")]
    [InlineData(" stop!! ")]
    [InlineData("\"STOP\"")]
    [InlineData("please stop")]
    [InlineData("Stop please, thank you")]
    [InlineData("STOP texting me")]
    [InlineData("Stop all")]
    [InlineData("STOPALL")]
    [InlineData("stop 🛑")]
    [InlineData("st\u200bop")]
    [InlineData("Unsubscribe me please")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("Cancel")]
    [InlineData("End")]
    [InlineData("quit")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    [InlineData("Opt-out")]
    [InlineData("opt out")]
    [InlineData("Don't text me")]
    [InlineData("Don’t contact me")]
    [InlineData("Remove my number from this")]
    [InlineData("إلغاء")]
    [InlineData("الغاء")]
    [InlineData("إلغاء الاشتراك")]
    [InlineData("توقف من فضلك")]
    [InlineData("أوقفوا")]
    [InlineData("تَوَقَّف")]
    [InlineData("ايقـــاف")]
    [InlineData("لو سمحت إيقاف الرسائل")]
    public void A_no_is_understood_as_people_type_it(string text) => Assert.True(OptOutWords.IsStop(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("Can we stop by the office at five?")]
    [InlineData("The end of the month suits me")]
    [InlineData("Cancel the viewing on Monday, I will come on Tuesday")]
    [InlineData("I quit my job and look for a cheaper flat")]
    [InlineData("non-stop flights from there?")]
    [InlineData("Yes please")]
    [InlineData("متى يمكننا أن نتوقف عند المكتب؟")]
    public void A_sentence_about_something_else_is_none(string? text) => Assert.False(OptOutWords.IsStop(text));

    [Theory]
    [InlineData("START", true)]
    [InlineData("unstop", true)]
    [InlineData("Yes.", true)]
    [InlineData("نعم", true)]
    [InlineData("ابدأ", true)]
    [InlineData("yes, on Tuesday", false)]
    [InlineData("start of the month", false)]
    [InlineData("STOP", false)]
    public void The_word_alone_takes_a_no_back(string text, bool takesBack) => Assert.Equal(takesBack, OptOutWords.IsStart(text));

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("bounce", null, null, null)]
    [InlineData("bounce", "Invalid Address", "5.1.1",
        "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address")]
    [InlineData("bounce", null, "5.0.0", "550 No such user here")]
    [InlineData("bounce", null, null, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")]
    [InlineData("bounce", "Mailbox Unavailable", "5.2.1", "552 5.2.1 The email account that you tried to reach is disabled")]
    [InlineData("bounce", "Unclassified", null, "554 user unknown")]
    public void An_address_is_dead_where_the_server_says_so(string? type, string? classification, string? status, string? reason) =>
        Assert.True(Bounce.IsDead(type, classification, status, reason));

    [Theory]
    [InlineData("blocked", null, "5.7.1", "550 5.7.1 blocked")]
    [InlineData("bounce", "Mailbox Unavailable", "5.2.2", "552 5.2.2 The email account that you tried to reach is over quota")]
    [InlineData("bounce", null, null, "452 mailbox full")]
    [InlineData("bounce", null, "4.2.2", null)]
    [InlineData("bounce", null, "4.7.1", "451 4.7.1 Greylisted, please try again in 300 seconds")]
    [InlineData("bounce", "Content", null, "554 rejected due to content restrictions")]
    [InlineData("bounce", "Reputation", "5.7.1", "554 5.7.1 Service unavailable; Client host blocked using Spamhaus")]
    [InlineData("bounce", "Technical", null, "unable to get mx info")]
    [InlineData("bounce", null, "5.3.4", "552 5.3.4 Message size exceeds limit")]
    [InlineData("bounce", "Unclassified", "5.0.0", "500 something else")]
    public void Anything_else_says_nothing_about_the_address(string? type, string? classification, string? status, string? reason) =>
        Assert.False(Bounce.IsDead(type, classification, status, reason));
}
