using System.Reflection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ArchitectureTests;

/// <summary>The walls that the compiler does not build; what they check is discovered.</summary>
public sealed class HouseRulesTests
{
    private static readonly string[] Shared = ["RealEstateOs.Contracts", "RealEstateOs.Platform", "RealEstateOs.Valuation", "RealEstateOs.DevServices", "RealEstateOs.Host"];

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
        var references = Assembly.Load("RealEstateOs.Contracts").GetReferencedAssemblies().Select(r => r.Name!);
        Assert.DoesNotContain(references, r => r.StartsWith("Microsoft.", StringComparison.Ordinal) || r.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    [Fact]
    public void The_platform_references_no_module() =>
        Assert.DoesNotContain(Assembly.Load("RealEstateOs.Platform").GetReferencedAssemblies(), r => Modules.Any(m => m.GetName().Name == r.Name));

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
    public void No_handler_takes_or_answers_an_entity()
    {
        var faults = from module in Modules
                     from method in module.GetTypes().Where(t => t is { IsAbstract: true, IsSealed: true }).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                     where method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>) && Mentions(method.ReturnType).Any(IsHttpResult) && Mentions(method.ReturnType).Any(typeof(ITenantOwned).IsAssignableFrom)
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
    private static bool IsLayout(Type type) => type.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.IComponent)) || type.Name == "_Imports";

    private static bool IsHttpResult(Type type) => type.Namespace?.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> Mentions(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Mentions).Prepend(type) : [type];
}
