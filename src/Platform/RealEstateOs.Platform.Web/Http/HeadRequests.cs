using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

/// <summary>HEAD wherever GET is (RFC 9110, 9.3.2): the same status and headers, no body. To routing and handlers it is a GET.</summary>
public static class HeadRequests
{
    private static readonly object Mark = new();

    /// <summary>Is this GET a HEAD? For handlers whose GET counts for something: a program that only looks has read nothing.</summary>
    public static bool IsHead(this HttpContext http) => http.Items.ContainsKey(Mark);

    internal static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) =>
        app.Use((http, next) => HttpMethods.IsHead(http.Request.Method) ? AsGetAsync(http, next) : next(http));

    private static async Task AsGetAsync(HttpContext http, RequestDelegate next)
    {
        http.Items[Mark] = true;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head; // so it stands in the log
        }
    }
}
