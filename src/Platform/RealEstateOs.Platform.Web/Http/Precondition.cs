using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// If-Match, kept once for all writes. A tag names its resource (<c>"prop_12-5f3a"</c>), so a save finds the row it is about
/// among those it has read; a tag that matches none of them is out of date.
/// </summary>
internal sealed class Precondition
{
    private readonly string[] tags;
    private bool met;

    private Precondition(string[] tags) => this.tags = tags;

    /// <summary>Null where the request makes none. Each save is checked, of this handler or of a module that it calls.</summary>
    public static Precondition? Of(HttpRequest request, UnitOfWork work)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } header || header == "*") return null;
        var precondition = new Precondition(
            header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        work.BeforeSave(precondition.Check);
        return precondition;
    }

    public void StartAfresh() => met = false;

    /// <summary>At the end of a request, which may have saved nothing.</summary>
    public void CheckAtEnd(UnitOfWork work)
    {
        foreach (var db in work.Contexts) Check(db);
        if (!met) throw Problem.PreconditionFailed();
    }

    private void Check(ModuleDb db)
    {
        if (met) return;
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
