using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

/// <summary>Leads to addresses that people wrote.</summary>
public static class Redirects
{
    /// <summary>
    /// A header is ASCII: letters of other scripts in host and path are spelled as browsers do it. What is no address is a 404.
    /// </summary>
    public static IResult To(string address)
    {
        if (address.All(c => c is > ' ' and < '\u007f')) return Results.Redirect(address);
        return Uri.TryCreate(address, UriKind.Absolute, out var target)
            ? Results.Redirect(new UriBuilder(target) { Host = target.IdnHost }.Uri.AbsoluteUri) : Results.NotFound();
    }
}
