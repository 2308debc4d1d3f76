using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// The query of a list: <c>limit</c>, <c>offset</c> or <c>skip</c>, <c>after</c>, <c>sort</c> and the filters of its
/// <see cref="ListSpec{T}"/>.
/// </summary>
public sealed class ListRequest
{
    public const int DefaultLimit = 100, MaxLimit = 1000;

    private ListRequest(HttpContext http) => Http = http;

    internal HttpContext Http { get; }

    internal int Limit { get; private set; } = DefaultLimit;

    internal int Offset { get; private set; }

    internal string? After { get; private set; }

    internal List<FieldError> Errors { get; } = [];

    internal bool WantsCsv => Csv.IsWanted(Http.Request);

    public static ValueTask<ListRequest> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = new ListRequest(context) { After = context.Request.Query["after"].FirstOrDefault() };
        request.Limit = request.Number("limit", 1, MaxLimit) ?? DefaultLimit;
        request.Offset = request.Number("offset", 0, int.MaxValue) ?? request.Number("skip", 0, int.MaxValue) ?? 0;
        return ValueTask.FromResult(request);
    }

    /// <summary>Does the query bound one of these amounts without saying in which currency?</summary>
    public bool BoundsWithoutCurrency(params string[] amounts) =>
        string.IsNullOrWhiteSpace(Http.Request.Query["currency"])
            && amounts.Any(a => new[] { $"{a}__gte", $"{a}__lte", $"min_{a}",
                $"max_{a}" }.Any(b => !string.IsNullOrWhiteSpace(Http.Request.Query[b])));

    /// <summary>Notes a fault of the query; the list tells all of them at once.</summary>
    public void Fail(string parameter, string message) => Errors.Add(FieldError.Format(parameter, message) with { In = "query" });

    private int? Number(string name, int least, int most)
    {
        if (Http.Request.Query[name].FirstOrDefault() is not { Length: > 0 } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most) return number;
        Errors.Add(FieldError.Range(name,
            most == int.MaxValue ? $"must be a whole number of at least {least}"
                : $"must be a whole number from {least} to {most}") with { In = "query" });
        return null;
    }
}
