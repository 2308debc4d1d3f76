using System.Text.RegularExpressions;
using RealEstateOs.DevServices;

namespace RealEstateOs.ArchitectureTests;

/// <summary>Sentences of the documentation that a machine can hold against the repository.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public void Files_and_folders_that_the_documentation_names_are_there()
    {
        var root = PrivateServiceOptions.RepositoryFolder()!;
        // Decisions are history: they name what there was.
        var named = (from page in Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md"))
                     from path in Named().Matches(File.ReadAllText(page)).Select(m => m.Groups["path"].Value.TrimEnd('/'))
                     select (Page: Path.GetFileName(page), Path: path)).ToList();
        Assert.True(named.Count > 10);
        Assert.Empty(named.Where(n => !Path.Exists(Path.Combine(root, n.Path))).Select(n => $"{n.Page} names {n.Path}"));
    }

    [GeneratedRegex(@"`(?<path>(src|tests|bench|scripts|deploy|requests)/[\w./-]+)`")]
    private static partial Regex Named();
}
