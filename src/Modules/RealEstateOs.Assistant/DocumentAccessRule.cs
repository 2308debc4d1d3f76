using RealEstateOs.Assistant.Documents;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Assistant;

internal static class DocumentAccessRule
{
    /// <summary>The documents that somebody may open: the one rule for lists, downloads and what an answer may be made of.</summary>
    public static IQueryable<Document> OpenTo(this IQueryable<Document> documents, CurrentUser user)
    {
        var mine = documents.VisibleTo(user, AssistantPermissions.ReadDocuments);
        if (user.ReachOf(AssistantPermissions.ReadDocuments) != Reach.All) return mine;
        var (me, team, held) = (user.Id, user.Principal.TeamId, user.Principal.Permissions.ToArray());
        return mine.Where(d => (d.RequiredPermission == null || held.Contains(d.RequiredPermission))
            && (d.Access == DocumentAccess.Office || d.CreatedBy == me
                || (d.Access == DocumentAccess.Team && team != null && d.TeamId == team)));
    }

    /// <summary>Those among them that a permission lets the user change.</summary>
    public static IQueryable<Document> OpenTo(this IQueryable<Document> documents, CurrentUser user, string permission) =>
        documents.VisibleTo(user, permission).OpenTo(user);
}
