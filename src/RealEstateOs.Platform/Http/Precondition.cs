using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// If-Match, kept once for all writes. A tag names its resource (<c>"prop_12-5f3a"</c>), so a save finds the row it is about
/// among those it has read; a tag that matches none of them is out of date.
/// </summary>
public sealed class Precondition
{
    private string[]? tags;
    private bool met;

    public void Require(IEnumerable<string> entityTags) => tags = [.. entityTags];

    internal void StartAfresh() => met = false;

    /// <summary>Called by every save, and once more at the end of a request that saved nothing.</summary>
    internal static void CheckAll(ModuleDb db) => db.Work.Precondition.Check(db);

    internal void CheckAtEnd(UnitOfWork work)
    {
        foreach (var db in work.Contexts) Check(db);
        if (tags is not null && !met) throw Problem.PreconditionFailed();
    }

    private void Check(ModuleDb db)
    {
        if (tags is null || met) return;
        foreach (var entry in db.ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State == EntityState.Added) continue;
            var reference = entry.Entity.Reference;
            if (!tags.Any(tag => tag.StartsWith($"\"{reference}-", StringComparison.Ordinal))) continue;
            if (!tags.Any(tag => ResourceTags.IsOf(entry.Entity, tag))) throw Problem.PreconditionFailed();
            met = true;
        }
    }
}
