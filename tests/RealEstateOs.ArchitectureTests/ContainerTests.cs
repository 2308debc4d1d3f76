using System.Text.RegularExpressions;
using System.Xml.Linq;
using RealEstateOs.DevServices;

namespace RealEstateOs.ArchitectureTests;

/// <summary>That the image and the compose file keep up with the repository, held without an engine.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Root = PrivateServiceOptions.RepositoryFolder()!;

    [Fact]
    public void The_image_gets_every_project_of_the_host_and_what_a_build_reads_beside_them()
    {
        var (dockerfile, context) = (Read("Dockerfile"), File.ReadAllLines(Path.Combine(Root, ".dockerignore")));
        var projects = ProjectsOf(Path.Combine(Root, "src", "RealEstateOs.Host", "RealEstateOs.Host.csproj"), []);
        Assert.True(projects.Count > 20);
        Assert.All(projects, p => Assert.StartsWith("src/", Path.GetRelativePath(Root, p), StringComparison.Ordinal));
        Assert.Contains("COPY src/ src/", dockerfile, StringComparison.Ordinal);
        Assert.Contains("!src/", context);
        string[] beside = [.. Directory.GetFiles(Root, "Directory.*"), .. new[] { "global.json", ".editorconfig", "BannedSymbols.txt" },
            .. Directory.GetFiles(Root, "*.config")];
        var copied = Copied().Match(dockerfile).Groups["files"].Value.Split(' ');
        foreach (var file in beside.Select(file => Path.GetFileName(file)))
        {
            Assert.Contains(file, copied);
            Assert.Contains($"!{file}", context);
        }
    }

    [Fact]
    public void The_image_has_what_start_sh_installs_for_reports()
    {
        var wanted = ReportPackages().Match(Read("scripts", "packages.sh")).Groups["names"].Value.Split(' ');
        Assert.Equal(3, wanted.Length);
        Assert.All(wanted, name => Assert.Contains($" {name} ", Installed().Match(Read("Dockerfile")).Value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_is_compiled_beforehand() =>
        Assert.Contains("-p:PublishReadyToRun=true", Read("Dockerfile"), StringComparison.Ordinal);

    [Theory]
    [InlineData("DOTNET_EnableWriteXorExecute", "0")]
    [InlineData("MALLOC_ARENA_MAX", "2")]
    public void The_image_and_start_sh_keep_the_runtime_small_alike(string name, string value)
    {
        Assert.Matches($@"(?m)^\s+{name}={value}\b", Read("Dockerfile"));
        Assert.Contains($"export {name}=\"${{{name}:-{value}}}\"", Read("scripts", "common.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_has_every_setting_that_compose_asks_for()
    {
        var compose = Read("docker-compose.yml");
        var asked = Required().Matches(compose).Select(m => m.Groups["name"].Value).Distinct().ToList();
        Assert.True(asked.Count > 5);
        Assert.All(asked, name => Assert.Matches($"(?m)^{name}=change-me", Read(".env.example")));
    }

    private static HashSet<string> ProjectsOf(string project, HashSet<string> known)
    {
        if (!known.Add(project)) return known;
        foreach (var reference in XDocument.Load(project).Descendants("ProjectReference"))
            ProjectsOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)), known);
        return known;
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    [GeneratedRegex(@"(?m)^COPY (?<files>.*Directory\.Build\.props.*) \./$")]
    private static partial Regex Copied();

    [GeneratedRegex(@"REPORT_PACKAGES=\((?<names>[^)]+)\)")]
    private static partial Regex ReportPackages();

    [GeneratedRegex(@"apt-get install [^\\]+")]
    private static partial Regex Installed();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):\?")]
    private static partial Regex Required();
}
