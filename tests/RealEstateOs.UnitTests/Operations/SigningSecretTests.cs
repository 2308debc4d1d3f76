using RealEstateOs.Integrations.Sending;

namespace RealEstateOs.UnitTests.Operations;

/// <summary>
/// Signed by the reference library, npm standardwebhooks 1.1.1: <c>new Webhook(secret).sign(id, new Date(1769851800 * 1000), body)</c> with
/// the 32 bytes <c>(i * 7 + 3) mod 256</c> as the key.
/// </summary>
public sealed class SigningSecretTests
{
    private const string Key = "AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw=";

    [Theory]
    [InlineData("evt_41", 1769851800,
        """{"type":"property.updated","timestamp":"2026-01-31T09:30:00Z","data":{"property_id":1,"address":"شارع المرسى 12","note":"a.b.c"}}""", "v1,rfGxyhsBpvSTcmwABnBiyrDO0K7FJ+6CeLgdnBMXKqc=")]
    [InlineData("ping_é", 1, "", "v1,ijQNgeb/f2VajAnWpvR4PRbWkDdmy0ot9BlO/eU+fhU=")]
    public void The_signature_is_that_of_the_reference_library(string id, long timestamp, string body, string expected) =>
        Assert.Equal(expected, SigningSecret.Header([Convert.FromBase64String(Key)], id, timestamp, body));

    [Fact]
    public void Two_keys_make_two_signatures_with_a_space_between() =>
        Assert.Equal(2, SigningSecret.Header([new byte[32], Convert.FromBase64String(Key)], "evt_41", 1,
            "{}").Split(' ').Count(s => s.StartsWith("v1,", StringComparison.Ordinal)));
}
