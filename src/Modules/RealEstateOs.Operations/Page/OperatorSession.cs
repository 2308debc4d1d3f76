using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Operations.Page;

/// <summary>
/// Who is signed in to the dashboard: a cookie that names a session, which is looked up at each request, and what keeps other sites from
/// sending its forms.
/// </summary>
internal static class OperatorSession
{
    public const string Scheme = "operator";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static IServiceCollection AddOperatorSession(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, options =>
        {
            Shape(options.Cookie, "reos_operator");
            (options.ExpireTimeSpan, options.Cookie.MaxAge, options.SlidingExpiration) = (Lifetime, Lifetime, false);
        });
        services.AddAntiforgery(options =>
        {
            Shape(options.Cookie, "reos_operator_form");
            options.SuppressXFrameOptionsHeader = true; // the pages forbid frames altogether
        });
        // It would make the ring of keys that nothing here uses, and write it into the home of whoever runs the host.
        services.Remove(services.Single(s => s.ImplementationType?.Name == "DataProtectionHostedService"));
        return services.AddSingleton<IDataProtectionProvider>(p => new SealedData(p.GetRequiredService<SecretBox>(), "pages"));
    }

    public static Task EnterAsync(HttpContext http, long session) => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, session.ToString(CultureInfo.InvariantCulture))], Scheme)));

    public static Task LeaveAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>The operator whose session still stands; null where there is none.</summary>
    public static async Task<Principal?> FindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return long.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var session)
            && await services.GetRequiredService<ISessionDirectory>().FindAsync(session, http.RequestAborted) is { } who
            && services.GetRequiredService<Operators>().Include(who) ? who : null;
    }

    private static void Shape(CookieBuilder cookie, string name) =>
        (cookie.Name, cookie.Path, cookie.HttpOnly, cookie.SameSite, cookie.SecurePolicy, cookie.IsEssential) =
            (name, Dashboard.Path, true, SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest, true);

    /// <summary>Under the installation's own key: any host opens what another one sealed, and there is no ring of keys to keep.</summary>
    private sealed class SealedData(SecretBox box, string purpose) : IDataProtector
    {
        public IDataProtector CreateProtector(string within) => new SealedData(box, $"{purpose}/{within}");

        public byte[] Protect(byte[] plaintext) => box.Seal(plaintext, purpose);

        public byte[] Unprotect(byte[] protectedData) =>
            box.Open(protectedData, purpose) ?? throw new CryptographicException("It was not sealed here, or for something else.");
    }
}
