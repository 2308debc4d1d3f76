using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// What needs no mapping: tables are named as their sets and columns as their members, in snake_case; ids are numbers that PostgreSQL
/// gives, enums their words. What differs is said by an attribute at the member.
/// </summary>
internal static class ModelConventions
{
    public static void Apply(ModelConfigurationBuilder configuration, Assembly module)
    {
        configuration.Conventions.Add(_ => new SnakeCaseNames());
        configuration.Conventions.Add(_ => new IdentityIds());
        configuration.Conventions.Add(_ => new Amounts());
        configuration.Conventions.Add(_ => new TextLists());
        foreach (var id in EntityIds.All)
            configuration.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        foreach (var vocabulary in new[] { module, typeof(EntityId).Assembly, typeof(ModelConventions).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => t.IsEnum))
            configuration.Properties(vocabulary).HaveConversion(typeof(WordConverter<>).MakeGenericType(vocabulary));
    }

    private sealed class SnakeCaseNames : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                if (entity.GetTableName() is { } table) entity.SetTableName(Json.SnakeCase(table));
                foreach (var property in entity.GetProperties())
                    property.SetColumnName(property.GetColumnName() == "xmin" ? "xmin" : Json.SnakeCase(property.GetColumnName()));
            }
        }
    }

    private sealed class IdentityIds : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Where(e => e.GetTableName() is not null))
                if (entity.FindPrimaryKey()?.Properties is [{ Name: "Id" } id])
                    id.Builder.ValueGenerated(ValueGenerated.OnAdd)
                        ?.HasValueGenerationStrategy(NpgsqlValueGenerationStrategy.IdentityAlwaysColumn);
        }
    }

    // By a convention and not for the whole type, which would be stronger than a member's own [Precision].
    private sealed class Amounts : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(e => e.GetProperties()))
                if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(decimal))
                    property.Builder.HasPrecision(18)?.HasScale(2);
        }
    }

    // EF's own comparer makes a delegate at run time for each comparison of such a list, a twentieth of what a create costs.
    private sealed class TextLists : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(e => e.GetProperties()))
                if (property.ClrType == typeof(string[])) property.Builder.HasValueComparer(new TextListComparer());
        }
    }
}

internal sealed class TextListComparer() : ValueComparer<string[]>(
    (a, b) => TextList.Same(a, b), texts => texts.Length, texts => TextList.Copy(texts));

internal sealed class IdConverter<TId>() : ValueConverter<TId, long>(id => id.Value, value => Ids.Make<TId>(value))
    where TId : struct, IEntityId<TId>;

internal sealed class WordConverter<T>() : ValueConverter<T, string>(value => Vocabulary.Word(value), word => Words.Read<T>(word))
    where T : struct, Enum;

file static class TextList
{
    public static bool Same(string[]? a, string[]? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));

    public static string[] Copy(string[] texts) => texts.Length == 0 ? texts : [.. texts];
}

// Expression trees can't call static abstract members, nor use out parameters.
file static class Ids
{
    public static TId Make<TId>(long value) where TId : struct, IEntityId<TId> => TId.From(value);
}

file static class Words
{
    public static T Read<T>(string word) where T : struct, Enum =>
        Vocabulary.TryRead<T>(word, out var value) ? value : throw new InvalidOperationException($"'{word}' is no {typeof(T).Name}.");
}
