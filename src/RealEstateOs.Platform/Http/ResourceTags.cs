using System.Globalization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Http;

/// <summary>The strong ETag of a single resource: its reference and its row's version.</summary>
public static class ResourceTags
{
    public static string TagOf(IVersioned row) => Tag(row.Reference, row.Version);

    public static string Tag(string reference, uint version) => string.Create(CultureInfo.InvariantCulture, $"\"{reference}-{version:x}\"");

    internal static void Remember(UnitOfWork work, List<IVersioned> rows)
    {
        if (rows.Count > 0) work.TagCache?.Track(work, rows);
    }
}
