using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// A JSON request body. It is read by <see cref="BodyReader"/>, so that every fault of a body comes back at once, and
/// validated by its FluentValidation validator before the handler sees it.
/// </summary>
public interface IRequestBody<TSelf> : IBindableFromHttpContext<TSelf> where TSelf : class, IRequestBody<TSelf>
{
    static async ValueTask<TSelf?> IBindableFromHttpContext<TSelf>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        await BodyReader.ReadAsync<TSelf>(context);
}

/// <summary>How much one request may say.</summary>
public static class BodyLimits
{
    /// <summary>Letters of a free object, such as <c>metadata</c>, as JSON.</summary>
    public const int FreeObject = 16 * 1024;
}

/// <summary>Members that a body gave, so that PUT and PATCH change what is present and leave the rest; <c>null</c> clears.</summary>
public abstract record PartialBody
{
    [JsonIgnore]
    public IReadOnlySet<string> Present { get; internal set; } = new HashSet<string>();

    /// <summary>Was the member in the body, be it null?</summary>
    public bool Has(string member) => Present.Contains(member);

    /// <summary>The new value if the body gave one, else the current one: <c>p.Price = body.Given(body.Price, p.Price)</c>.</summary>
    public T Given<T>(T value, T current, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        Has(MemberOf(expression)) ? value : current;

    /// <inheritdoc cref="Given{T}(T, T, string)"/>
    public T Given<T>(T? value, T current, [CallerArgumentExpression(nameof(value))] string expression = "") where T : struct =>
        Has(MemberOf(expression)) ? value ?? default : current;

    private static string MemberOf(string expression) => expression[(expression.LastIndexOf('.') + 1)..].TrimEnd('!');
}
