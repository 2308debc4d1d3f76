using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.UnitTests.Platform;

public sealed class SecretBoxTests
{
    private static readonly string Old = new('o', 32), New = new('n', 32);

    [Fact]
    public void What_is_sealed_opens_for_its_purpose_only_and_not_when_it_was_touched()
    {
        var box = Box();
        var sealedSecret = box.Seal("secret"u8, "purpose");
        Assert.Equal("secret"u8.ToArray(), box.Open(sealedSecret, "purpose"));
        Assert.Null(box.Open(sealedSecret, "another"));
        Assert.NotEqual(sealedSecret, box.Seal("secret"u8, "purpose"));
        sealedSecret[^1] ^= 1;
        Assert.Null(box.Open(sealedSecret, "purpose"));
        Assert.Null(box.Open([1, 2, 3], "purpose"));
    }

    [Fact]
    public void After_a_change_of_the_key_the_previous_one_still_opens_where_it_is_named()
    {
        var sealedSecret = Box(("Secrets:Key", Old)).Seal("secret"u8, "purpose");
        Assert.Null(Box(("Secrets:Key", New)).Open(sealedSecret, "purpose"));
        Assert.NotNull(Box(("Secrets:Key", New), ("Secrets:PreviousKeys:0", Old)).Open(sealedSecret, "purpose"));
    }

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<InvalidOperationException>(() => Box(("Secrets:Key", "short")));

    private static SecretBox Box(params (string Name, string Value)[] settings) => SecretBox.Load(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build(),
        new JwtSettings(new SymmetricSecurityKey(new byte[48])));
}
