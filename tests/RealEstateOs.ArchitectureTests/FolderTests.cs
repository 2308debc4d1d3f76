using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RealEstateOs.ArchitectureTests;

/// <summary>
/// Folders of a project know each other in one direction: read from the sources, by what a file names of another folder. The files at a
/// project's top (its setup, its DbContext) may know all and be known by all.
/// </summary>
public sealed partial class FolderTests
{
    [Fact]
    public void Folders_of_a_project_stand_in_no_circle()
    {
        var projects = Projects().ToList();
        Assert.True(projects.Count >= 10);
        Assert.Empty(projects.SelectMany(CircleIn));
    }

    private static string Sources([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../src");

    private static IEnumerable<string> Projects() => new[] { "Modules", "Platform" }
        .SelectMany(group => Directory.EnumerateDirectories(Path.Combine(Sources(), group)).Order(StringComparer.Ordinal));

    /// <summary>What the folders of a circle name of each other; empty where there is none.</summary>
    private static List<string> CircleIn(string project)
    {
        var files = FilesOf(project).ToList();
        var declared = files.SelectMany(file => DeclaredIn(file.Code).Distinct().Select(name => (name, file.Folder, file.Space)))
            .ToLookup(d => d.name, d => (d.Folder, d.Space));
        var links = files.SelectMany(file => NamedIn(file, declared).Distinct()
            .Select(named => (From: file.Folder, To: named.Folder, What: $"{file.Path} names {named.Name}"))).ToList();
        // Whoever knows no other, or whom no other knows, is in no circle: these go until nothing changes.
        for (var before = -1; before != links.Count;)
        {
            before = links.Count;
            var (knowing, known) = (links.Select(l => l.From).ToHashSet(), links.Select(l => l.To).ToHashSet());
            links.RemoveAll(l => !known.Contains(l.From) || !knowing.Contains(l.To));
        }
        return [.. links.Select(l => l.What)];
    }

    private static IEnumerable<Source> FilesOf(string project) =>
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(project, file).Replace('\\', '/')
        where path.Contains('/') && path.Split('/')[0] is not ("bin" or "obj")
        let code = Aside().Replace(File.ReadAllText(file), "")
        where Space().IsMatch(code)
        select new Source(path[..path.LastIndexOf('/')], path, Space().Match(code).Groups["name"].Value, code);

    /// <summary>The types of a file and, with a dot before them, its extension methods.</summary>
    private static IEnumerable<string> DeclaredIn(string code) => Types().Matches(code).Select(m => m.Groups["name"].Value)
        .Concat(Extensions().Matches(code).Select(m => "." + m.Groups["name"].Value));

    private static IEnumerable<(string Name, string Folder)> NamedIn(Source file, ILookup<string, (string Folder, string Space)> declared)
    {
        var open = Usings().Matches(file.Code).Select(m => m.Groups["name"].Value).ToHashSet();
        for (var space = file.Space; space.Contains('.'); space = space[..space.LastIndexOf('.')]) open.Add(space);
        var body = Directives().Replace(file.Code, "");
        var plain = from word in Words().Matches(body).Select(m => m.Value).Distinct()
                    from d in declared[word]
                    where d.Folder != file.Folder && open.Contains(d.Space)
                    select (word, d.Folder);
        var qualified = from chain in Chains().Matches(body).Select(m => m.Value).Distinct()
                        let parts = chain.Split('.')
                        from i in Enumerable.Range(1, parts.Length - 1)
                        from d in declared[parts[i]]
                        where d.Folder != file.Folder
                            && $".{d.Space}".EndsWith($".{string.Join('.', parts[..i])}", StringComparison.Ordinal)
                        select (chain, d.Folder);
        return plain.Concat(qualified);
    }

    private sealed record Source(string Folder, string Path, string Space, string Code);

    // Texts and comments name what they like.
    [GeneratedRegex("\"\"\"+.*?\"\"\"+|(?<![$@])\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*", RegexOptions.Singleline)]
    private static partial Regex Aside();

    [GeneratedRegex(@"(?m)^namespace (?<name>[\w.]+);")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?m)^using (?<name>[\w.]+);")]
    private static partial Regex Usings();

    [GeneratedRegex(@"(?m)^(?:using|namespace) .*$")]
    private static partial Regex Directives();

    [GeneratedRegex(@"(?m)^(?:[a-z]+ )*(?:class|record struct|record|struct|enum|interface) (?<name>[A-Z]\w*)")]
    private static partial Regex Types();

    [GeneratedRegex(@"static [^=;{]*? (?<name>\w+)(?:<[^>(]*>)?\(\s*this ")]
    private static partial Regex Extensions();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*\b|\.\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Chains();
}
