using Microsoft.Extensions.Options;
using RealEstateOs.Auth;
using RealEstateOs.Auth.Accounts;

namespace RealEstateOs.UnitTests.Auth;

public sealed class PasswordTests
{
    private const int Iterations = 1234;
    private static readonly Passwords Ours = new(Options.Create(new AuthOptions { PasswordIterations = Iterations }));

    [Fact]
    public void Who_has_no_account_is_checked_with_the_function_salt_and_iterations_of_an_account()
    {
        var account = Convert.FromBase64String(Ours.Hash("Agent123!"));
        var nobody = Convert.FromBase64String(Passwords.HashOfNobody(Iterations));
        Assert.Equal(account[..13], nobody[..13]); // version, function, iterations, length of the salt
        Assert.Equal(account.Length, nobody.Length);
        Assert.NotEqual(nobody, Convert.FromBase64String(Passwords.HashOfNobody(Iterations)));
    }

    [Fact]
    public void No_password_is_right_for_who_has_no_account() => Assert.Equal(PasswordCheck.Wrong, Ours.Check(null, ""));

    [Fact]
    public void A_password_is_right_for_its_hash_alone_and_weakly_hashed_where_iterations_were_fewer()
    {
        var before = new Passwords(Options.Create(new AuthOptions { PasswordIterations = Iterations - 1 }));
        Assert.Equal(PasswordCheck.Right, Ours.Check(Ours.Hash("Agent123!"), "Agent123!"));
        Assert.Equal(PasswordCheck.RightButWeaklyHashed, Ours.Check(before.Hash("Agent123!"), "Agent123!"));
        Assert.Equal(PasswordCheck.Wrong, Ours.Check(Ours.Hash("Agent123!"), "Agent123"));
    }
}
