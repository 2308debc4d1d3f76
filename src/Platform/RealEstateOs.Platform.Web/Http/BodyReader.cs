using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Reads a JSON body member by member, so that "a lot" as a price and a missing address are reported together; then runs
/// the validator. Malformed JSON is a 400, everything else one 422 with all its errors.
/// </summary>
public static class BodyReader
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Longest text of a member without <see cref="MaxLengthAttribute"/>.</summary>
    public const int DefaultMaxLength = 4000;

    private static readonly ConcurrentDictionary<Type, Member[]> Members = new();
    private static readonly ConcurrentDictionary<Type, Dictionary<string, Type>> Names = new();

    public static async Task<T> ReadAsync<T>(HttpContext context) where T : class
    {
        using var document = await ParseAsync(context);
        return await ReadAsync<T>(context, document.RootElement);
    }

    /// <summary>The same of a form (<c>application/x-www-form-urlencoded</c>), whose fields are all text.</summary>
    public static async Task<T> ReadFormAsync<T>(HttpContext context) where T : class
    {
        if (!context.Request.HasFormContentType) throw Problem.UnsupportedMedia("Send the body as application/x-www-form-urlencoded.");
        var form = await context.Request.ReadWholeFormAsync(context.RequestAborted);
        using var document = JsonSerializer.SerializeToDocument(form.ToDictionary(f => f.Key, f => f.Value.ToString()));
        return await ReadAsync<T>(context, document.RootElement);
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonElement content) where T : class
    {
        var errors = new List<FieldError>();
        var body = (T)ReadObject(typeof(T), content, "", errors, await OfficeTime.ZoneForAsync(context, typeof(T), content));
        var unreadable = errors.Select(e => e.Field).ToHashSet();
        if (context.RequestServices.GetService<IValidator<T>>() is { } validator)
        {
            var result = await validator.ValidateAsync(body, context.RequestAborted);
            errors.AddRange(result.Errors.Select(ValidationErrors.ToFieldError).Where(e => !unreadable.Contains(e.Field)));
        }
        if (errors.Count > 0) throw Problem.Invalid(errors);
        UnknownMembers.Tell(context, typeof(T), content);
        return body;
    }

    /// <summary>The names by which a body's members are known, aliases among them, and what stands under each.</summary>
    internal static IReadOnlyDictionary<string, Type> NamesOf(Type type) => Names.GetOrAdd(type, t =>
        Members.GetOrAdd(t, MembersOf).DistinctBy(m => m.JsonName).ToDictionary(m => m.JsonName, m => m.Type, StringComparer.Ordinal));

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > MaxBytes) throw Problem.TooLarge($"A JSON body may have {MaxBytes / 1024} KB.");
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
            return JsonDocument.Parse("{}");
        if (!request.HasJsonContentType()) throw Problem.UnsupportedMedia("Send the body as application/json.");
        using var buffer = new MemoryStream();
        await CopyAsync(request.Body, buffer, context.RequestAborted);
        request.Body = new MemoryStream(buffer.ToArray(), writable: false); // the idempotency fingerprint reads it again
        try
        {
            var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length),
                new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException exception)
        {
            throw Problem.Malformed(exception.LineNumber is null ? "The body names a member twice; which of the two is meant?"
                : $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            throw Problem.Malformed("The body names a member with half a character, which is no text.");
        }
        throw Problem.Malformed("The body must be a JSON object.");
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, CancellationToken ct)
    {
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(chunk, ct)) > 0)
        {
            if (to.Length + read > MaxBytes) throw Problem.TooLarge($"A JSON body may have {MaxBytes / 1024} KB.");
            to.Write(chunk, 0, read);
        }
    }

    internal static object ReadObject(Type type, JsonElement element, string path, List<FieldError> errors, TimeZoneInfo? zone = null)
    {
        var target = Activator.CreateInstance(type)!;
        var present = new HashSet<string>();
        var members = Members.GetOrAdd(type, MembersOf);
        if (type.IsDefined(typeof(SelectionAttribute))) RefuseUnknown(members, element, path, errors);
        foreach (var member in members)
        {
            if (!element.TryGetProperty(member.JsonName, out var value)) continue;
            var before = errors.Count;
            var read = MemberReader.Read(member.Type, value, Join(path, member.JsonName), member.MaxLength, errors, zone);
            if (errors.Count > before) continue;
            present.Add(member.Property.Name);
            if (read is not null || member.Nullable) member.Property.SetValue(target, read);
        }
        if (target is PartialBody partial) partial.Present = present;
        return target;
    }

    private static void RefuseUnknown(Member[] members, JsonElement element, string path, List<FieldError> errors)
    {
        var known = members.Select(m => m.JsonName).ToArray();
        foreach (var name in element.EnumerateObject().Select(NameOf).Where(name => !known.Contains(name)))
            errors.Add(FieldError.Format(Join(path, name),
                $"is not a known member{NearestName.Hint(name, known)}; there are {string.Join(", ", known)}"));
    }

    internal static string NameOf(JsonProperty given)
    {
        try
        {
            return given.Name.Shortened(100);
        }
        catch (InvalidOperationException)
        {
            return "?"; // half a character
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static Member[] MembersOf(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true }
                && p.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is null);
        return [.. properties.SelectMany(p => NamesOf(p).Select(name => new Member(p, name,
            Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType,
            !p.PropertyType.IsValueType || Nullable.GetUnderlyingType(p.PropertyType) is not null,
            p.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? DefaultMaxLength)))];
    }

    private static IEnumerable<string> NamesOf(PropertyInfo property)
    {
        foreach (var alias in property.GetCustomAttributes<AliasAttribute>()) yield return alias.Name;
        yield return property.GetCustomAttribute<System.Text.Json.Serialization.JsonPropertyNameAttribute>()?.Name
            ?? Json.SnakeCase(property.Name);
    }

    private sealed record Member(PropertyInfo Property, string JsonName, Type Type, bool Nullable, int MaxLength);
}

/// <summary>
/// The body, or a part of it, says who or what is meant. Elsewhere members that nobody knows are ignored; here one with a slip in its name
/// would widen the selection, so it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SelectionAttribute : Attribute;

/// <summary>Another name under which a member is accepted, where two seeds name the same thing differently.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class AliasAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
