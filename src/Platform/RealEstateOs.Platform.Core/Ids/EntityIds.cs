using System.Reflection;
using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Platform.Ids;

/// <summary>What reflection needs to know about id types: which they are, their prefix, how to read one.</summary>
internal static class EntityIds
{
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(EntityId).Assembly.GetTypes().Where(IsId)];

    public static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityId<>));

    public static string PrefixOf(Type id) => (string)id.GetProperty(nameof(IEntityId<AnyId>.Prefix))!.GetValue(null)!;

    /// <inheritdoc cref="IEntityId{TSelf}.ShownAsReference"/>
    public static bool IsShownAsReference(Type id) =>
        (bool)typeof(EntityIds).GetMethod(nameof(ShownAsReference), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(id)
            .Invoke(null, null)!;

    /// <summary>A test whether a text is an id of this type.</summary>
    public static Func<string?, bool> TestFor(Type id) =>
        typeof(EntityIds).GetMethod(nameof(CanRead), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(id).CreateDelegate<Func<string?, bool>>();

    private static bool ShownAsReference<TId>() where TId : struct, IEntityId<TId> => TId.ShownAsReference;

    private static bool CanRead<TId>(string? text) where TId : struct, IEntityId<TId> => EntityId.TryParse<TId>(text, out _);

    private readonly record struct AnyId(long Value) : IEntityId<AnyId>
    {
        public static string Prefix => "id";
        public static AnyId From(long value) => new(value);
    }
}
