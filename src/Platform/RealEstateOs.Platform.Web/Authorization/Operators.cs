using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// Who runs this installation, apart from whoever administers an office in it: the people of <c>Operators:Emails</c> (or OPERATOR_EMAIL),
/// once they have confirmed their address. In Development, where none is named, the administrator of the sample data.
/// </summary>
public sealed class Operators
{
    private readonly HashSet<string> emails;

    public Operators(IConfiguration configuration, IHostEnvironment environment)
    {
        var named = configuration.GetSection("Operators:Emails").Get<string[]>()
            ?? (configuration["OPERATOR_EMAIL"] is { Length: > 0 } only ? [only]
                : environment.IsDevelopment() ? ["admin@acme-realestate.com"] : []);
        emails = named.Select(e =>
            EmailAddress.Normalise(e) ?? throw new InvalidOperationException($"Operators:Emails holds \"{e}\", which is no address."))
            .ToHashSet(StringComparer.Ordinal);
    }

    public bool Include(Principal who) => who.EmailVerified && emails.Contains(who.Email);
}
