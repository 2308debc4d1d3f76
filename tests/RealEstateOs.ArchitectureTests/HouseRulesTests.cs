using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ArchitectureTests;

/// <summary>The walls that the compiler does not build; what they check is discovered.</summary>
public sealed class HouseRulesTests
{
    private static readonly string[] Platform =
        ["RealEstateOs.Platform.Core", "RealEstateOs.Platform.Data", "RealEstateOs.Platform.Rendering", "RealEstateOs.Platform.Web"];

    private static readonly string[] Shared =
        [.. Platform, "RealEstateOs.Contracts", "RealEstateOs.Valuation", "RealEstateOs.DevServices", "RealEstateOs.Host"];

    private static Assembly[] Modules { get; } =
        [.. Directory.GetFiles(AppContext.BaseDirectory, "RealEstateOs.*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(n => !Shared.Contains(n) && !n!.EndsWith("Tests", StringComparison.Ordinal)).Select(n => Assembly.Load(n!))];

    [Fact]
    public void Modules_are_found() => Assert.Contains(Modules, m => m.GetName().Name == "RealEstateOs.Properties");

    [Fact]
    public void No_module_references_another()
    {
        var faults = from module in Modules
                     from reference in module.GetReferencedAssemblies()
                     where reference.Name!.StartsWith("RealEstateOs.", StringComparison.Ordinal) && !Shared.Contains(reference.Name)
                     select $"{module.GetName().Name} references {reference.Name}";
        Assert.Empty(faults);
    }

    [Fact]
    public void Contracts_know_neither_web_nor_database()
    {
        Assert.DoesNotContain(ReferencesOf("RealEstateOs.Contracts"),
            r => r.StartsWith("Microsoft.", StringComparison.Ordinal) || r.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_names_its_kind_of_record_by_a_prefix_of_its_own()
    {
        var prefixes = Modules.Append(Assembly.Load("RealEstateOs.Contracts")).SelectMany(m => m.GetTypes())
            .Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityId<>)))
            .ToLookup(t => (string)t.GetProperty("Prefix")!.GetValue(null)!, t => t.Name);
        Assert.True(prefixes.Count > 40);
        Assert.Empty(prefixes.Where(p => p.Count() > 1).Select(p => $"{p.Key}: {string.Join(", ", p)}"));
    }

    [Fact]
    public void The_platform_references_no_module() =>
        Assert.DoesNotContain(Platform.SelectMany(ReferencesOf), r => Modules.Any(m => m.GetName().Name == r));

    [Fact]
    public void Only_the_platforms_web_knows_the_web()
    {
        Assert.Contains(ReferencesOf("RealEstateOs.Platform.Web"), IsWeb);
        Assert.DoesNotContain(Platform.Where(p => p != "RealEstateOs.Platform.Web").SelectMany(ReferencesOf), IsWeb);
    }

    [Fact]
    public void The_platforms_core_knows_no_database()
    {
        Assert.Contains(ReferencesOf("RealEstateOs.Platform.Data"), IsDatabase);
        Assert.DoesNotContain(ReferencesOf("RealEstateOs.Platform.Core"), IsDatabase);
    }

    private static IEnumerable<string> ReferencesOf(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(r => r.Name!);

    private static bool IsWeb(string assembly) => assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal);

    private static bool IsDatabase(string assembly) =>
        assembly.StartsWith("Npgsql", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.EntityFramework", StringComparison.Ordinal)
            || assembly.StartsWith("StackExchange", StringComparison.Ordinal);

    [Fact]
    public void Entities_stay_inside_their_module()
    {
        var visible = Modules.SelectMany(m => m.GetExportedTypes())
            .Where(t => t is { IsAbstract: false } && (typeof(ITenantOwned).IsAssignableFrom(t) || typeof(ModuleDb).IsAssignableFrom(t)));
        Assert.Empty(visible.Select(t => t.FullName));
    }

    [Fact]
    public void Who_names_a_lead_follows_when_it_is_merged()
    {
        var faults = from module in Modules.Where(m => m.GetName().Name != "RealEstateOs.Leads")
                     from entity in module.GetTypes().Where(t => !t.IsAbstract && typeof(ITenantOwned).IsAssignableFrom(t))
                     where entity.GetProperties().Any(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == typeof(LeadId))
                        && !module.GetTypes().Any(t => typeof(ILeadMergeFollower).IsAssignableFrom(t))
                     select entity.FullName;
        Assert.Empty(faults);
    }

    [Fact]
    public void Other_modules_tables_are_read_by_their_report_views_alone()
    {
        var sources = ModuleSources().ToList();
        // Whose schema: the module that creates it, or that took it over.
        var schemas = sources.Where(s => s.Path.EndsWith(".sql", StringComparison.Ordinal))
            .SelectMany(s => Regex.Matches(s.Text, @"create schema (?:if not exists )?(\w+)|rename to (\w+)")
                .Select(m => (Schema: m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value, s.Module)))
            .GroupBy(s => s.Schema).ToDictionary(g => g.Key, g => g.Select(s => s.Module).ToHashSet());
        Assert.True(schemas.Count > 8);
        var faults = from source in sources
                     where !IsMove(source.Path)
                     from Match match in Regex.Matches(source.Text, @"\b(?:from|join|into|update|on|references)\s+(\w+)\.(\w+)",
                         RegexOptions.IgnoreCase)
                     where schemas.TryGetValue(match.Groups[1].Value, out var owners) && !owners.Contains(source.Module)
                         && !match.Groups[2].Value.StartsWith("report_", StringComparison.Ordinal)
                     select $"{source.Path}: {match.Value}";
        Assert.Empty(faults);
    }

    // Files that take tables, or what stood in them, over from the module that had them before.
    private static bool IsMove(string path) =>
        path.EndsWith("0001_outreach.sql", StringComparison.Ordinal) || path.EndsWith("0001_imports.sql", StringComparison.Ordinal)
            || path.EndsWith("0001_integrations.sql", StringComparison.Ordinal)
            || path.EndsWith("0001_analytics.sql", StringComparison.Ordinal)
            || path.EndsWith("0110_purpose_of_the_property.sql", StringComparison.Ordinal)
            || path.Contains("Outreach/Migrations/marketing/", StringComparison.Ordinal);

    private static IEnumerable<(string Module, string Path, string Text)> ModuleSources() =>
        SourcesBelow("../../src/Modules").Select(s => (s.Path.Split('/')[0], s.Path, s.Text));

    private static IEnumerable<(string Path, string Text)> SourcesBelow(string folder, [CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, folder);
        return from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
               let path = Path.GetRelativePath(root, file).Replace('\\', '/')
               where (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".sql", StringComparison.Ordinal))
                   && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
               select (path, File.ReadAllText(file));
    }

    // Rows of words and regular expressions, which read worse in two lines.
    private static readonly string[] WordTables = ["Wording.cs", "DefaultTemplates.cs", "Bounce.cs", "PropertyWords.cs", "Json.cs",
        "ConsentColumns.cs", "MoneyText.cs"];

    [Fact]
    public void No_line_is_longer_than_140_characters_but_in_tables_of_words()
    {
        var faults = from source in SourcesBelow("../../src")
                     where source.Path.EndsWith(".cs", StringComparison.Ordinal) && !WordTables.Contains(Path.GetFileName(source.Path))
                     from line in source.Text.Split('\n')
                     where line.TrimEnd('\r').Length > 140
                     select $"{source.Path}: {line.Trim()}";
        Assert.Empty(faults);
    }

    [Fact]
    public void No_handler_takes_or_answers_an_entity()
    {
        var faults = from module in Modules
                     from method in module.GetTypes().Where(t => t is { IsAbstract: true, IsSealed: true })
                         .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                     where method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
                         && Mentions(method.ReturnType).Any(IsHttpResult)
                         && Mentions(method.ReturnType).Any(typeof(ITenantOwned).IsAssignableFrom)
                     select $"{method.DeclaringType!.Name}.{method.Name}";
        Assert.Empty(faults);
    }

    [Fact]
    public void A_module_opens_only_its_door_and_its_messages()
    {
        var faults = Modules.SelectMany(m => m.GetExportedTypes())
            .Where(t => !t.Name.EndsWith("Module", StringComparison.Ordinal) && !IsMessage(t) && !IsLayout(t) && !t.IsEnum && !t.IsNested)
            .Select(t => t.FullName);
        Assert.Empty(faults);
    }

    // Requests and answers are public so that OpenAPI and validators can name them.
    private static bool IsMessage(Type type) => type.GetMethod("<Clone>$") is not null;

    // Razor makes every component public.
    private static bool IsLayout(Type type) =>
        type.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.IComponent)) || type.Name == "_Imports";

    private static bool IsHttpResult(Type type) =>
        type.Namespace?.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> Mentions(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Mentions).Prepend(type) : [type];
}
