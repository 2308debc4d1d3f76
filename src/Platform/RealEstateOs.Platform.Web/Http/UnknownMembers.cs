using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Tells, in <c>X-Unknown-Members</c>, which members of a body did nothing. They are ignored, as a client may send back what it was shown,
/// but one with a slip in its name would otherwise be lost without a word.
/// </summary>
internal static class UnknownMembers
{
    public const string Header = "X-Unknown-Members";
    private const int MostNames = 10;

    public static void Tell(HttpContext http, Type body, JsonElement content)
    {
        var unknown = Of(body, content, "").Take(MostNames).ToList();
        if (unknown.Count > 0) http.Response.Headers[Header] = string.Join(", ", unknown);
    }

    private static IEnumerable<string> Of(Type body, JsonElement content, string path)
    {
        var known = BodyReader.NamesOf(body);
        foreach (var member in content.EnumerateObject())
        {
            var name = BodyReader.NameOf(member);
            if (!known.TryGetValue(name, out var type))
            {
                yield return path + UnknownParameters.Shown(name) + NearestName.Hint(name, known.Keys);
                continue;
            }
            foreach (var inner in Within(type, member.Value, $"{path}{name}")) yield return inner;
        }
    }

    private static IEnumerable<string> Within(Type type, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array && MemberReader.ElementOf(type) is { } element)
            return value.EnumerateArray().Select((item, at) => (item, at)).SelectMany(i => Within(element, i.item, $"{path}[{i.at}]"));
        return value.ValueKind == JsonValueKind.Object && MemberReader.IsBody(type) ? Of(type, value, path + ".") : [];
    }
}
