using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.XPath;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>The XML docs of the code as texts for clients: a reference to a member reads as the member's name on the wire.</summary>
internal sealed class ApiTexts
{
    private static readonly string[] OfRequests = ["Default", "Also taken"];

    private readonly Dictionary<string, JsonNode> examples = [];

    public List<XPathDocument> Documents { get; } = [];

    public static ApiTexts Load()
    {
        var texts = new ApiTexts();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "RealEstateOs.*.xml")) texts.Add(XDocument.Load(file));
        return texts;
    }

    /// <summary>The <c>example</c> of a request's type: a body that its endpoint takes.</summary>
    public JsonNode? ExampleOf(Type type) => examples.GetValueOrDefault($"T:{type.FullName?.Replace('+', '.')}")?.DeepClone();

    private void Add(XDocument document)
    {
        foreach (var reference in document.Descendants("see").Where(s => s.Attribute("cref") is not null).ToList())
            reference.ReplaceWith(new XElement("c", NameOf(reference.Attribute("cref")!.Value)));
        foreach (var reference in document.Descendants("paramref").ToList())
            reference.ReplaceWith(new XElement("c", Json.SnakeCase(reference.Attribute("name")!.Value)));
        foreach (var member in document.Descendants("member")
            .Where(m => m.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal)))
            if (member.Element("example") is { } example) examples[member.Attribute("name")!.Value] = JsonNode.Parse(example.Value)!;
        Inherit(document);
        using var reader = document.CreateReader();
        Documents.Add(new XPathDocument(reader));
    }

    /// <summary>
    /// A type that names others by <c>inheritdoc</c> says of its members what those say of theirs of the same name, where it says nothing
    /// of its own. What a client may leave out or write otherwise is no word about an answer.
    /// </summary>
    private static void Inherit(XDocument document)
    {
        var members = document.Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        foreach (var (type, heir) in members.Where(m => m.Key.StartsWith("T:", StringComparison.Ordinal)).ToList())
        {
            var told = heir.Elements("param").Select(p => p.Attribute("name")!.Value).ToHashSet();
            foreach (var source in heir.Elements("inheritdoc").Select(i => i.Attribute("cref")?.Value).OfType<string>().ToList())
                foreach (var (name, text) in TextsOf(source, members))
                {
                    var own = $"P:{type[2..]}.{name}";
                    if (told.Contains(name) || IsOfRequests(text)) continue;
                    var inherited = new XElement("member", new XAttribute("name", own), new XElement("summary", text.Nodes()));
                    if (members.TryAdd(own, inherited)) heir.AddAfterSelf(inherited);
                }
        }
    }

    // Of a record's properties and of its positional members.
    private static List<(string Name, XElement Text)> TextsOf(string type, Dictionary<string, XElement> members)
    {
        var prefix = $"P:{type[2..]}.";
        var positional = members.GetValueOrDefault(type)?.Elements("param").Select(p => (p.Attribute("name")!.Value, p)) ?? [];
        var properties = members.Where(m => m.Key.StartsWith(prefix, StringComparison.Ordinal));
        return [.. positional, .. properties.Where(m => m.Value.Element("summary") is not null)
            .Select(m => (m.Key[prefix.Length..], m.Value.Element("summary")!))];
    }

    private static bool IsOfRequests(XElement text) =>
        OfRequests.Any(word => text.Value.TrimStart().StartsWith(word, StringComparison.Ordinal));

    private static string NameOf(string reference)
    {
        var name = reference.Split('(')[0];
        name = name[(name.LastIndexOf('.') + 1)..];
        return reference[0] is 'P' or 'F' ? Json.SnakeCase(name) : name;
    }
}
