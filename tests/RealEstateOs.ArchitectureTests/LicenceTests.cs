using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RealEstateOs.DevServices;

namespace RealEstateOs.ArchitectureTests;

/// <summary>What all projects were built with, and what that brought along: read from what the restore left, without the network.</summary>
public sealed partial class LicenceTests
{
    private static readonly HashSet<string> Approved =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL", "LGPL-3.0",
            // Named by an address only, where the MIT licence stands.
            "https://github.com/twilio/twilio-csharp/blob/HEAD/LICENSE", "https://opensource.org/licenses/MIT"];

    [Fact]
    public void Every_package_has_a_licence_of_the_open_source_initiative()
    {
        var packages = Packages();
        Assert.True(packages.Count > 100);
        Assert.Empty(packages.Select(p => (Package: p.Key, Licence: LicenceOf(p.Value)))
            .Where(p => !p.Licence.Split(" OR ").Any(Approved.Contains)).Select(p => $"{p.Package}: {p.Licence}"));
    }

    /// <summary>Name and version, and the folder it was unpacked into.</summary>
    private static Dictionary<string, string> Packages()
    {
        var found = new Dictionary<string, string>();
        foreach (var assets in Directory.EnumerateFiles(PrivateServiceOptions.RepositoryFolder()!, "project.assets.json",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 }))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
            var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
            foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject())
                if (library.Value.GetProperty("type").GetString() == "package")
                    found[library.Name] = folders.Select(f => Path.Combine(f, library.Value.GetProperty("path").GetString()!))
                        .First(Directory.Exists);
        }
        return found;
    }

    private static string LicenceOf(string package)
    {
        var metadata = XDocument.Load(Directory.GetFiles(package, "*.nuspec").Single()).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        var licence = Value("license") ?? Value("licenseUrl") ?? "none";
        return File.Exists(Path.Combine(package, licence)) ? InWords(File.ReadAllText(Path.Combine(package, licence))) : licence;
    }

    private static string InWords(string text) =>
        Lesser().IsMatch(text) ? "LGPL-3.0" : Mit().IsMatch(text) ? "MIT" : text[..Math.Min(text.Length, 80)];

    [GeneratedRegex(@"(?i)LESSER\s+GENERAL\s+PUBLIC\s+LICENSE\s+Version\s+3|LGPL\s?v3")]
    private static partial Regex Lesser();

    [GeneratedRegex(@"(?i)^\W*(?:The\s+)?MIT License")]
    private static partial Regex Mit();
}
