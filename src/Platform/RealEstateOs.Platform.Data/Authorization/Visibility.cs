using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Authorization;

/// <summary>A record that people have as their own: usually its assignee and its author.</summary>
public interface IOwned<TSelf> where TSelf : IOwned<TSelf>
{
    static abstract Expression<Func<TSelf, bool>> IsOwnedBy(UserId user);
}

/// <summary>
/// The one rule of what a user sees and may change. A permission reaches all records, its <c>:own</c> form own ones, and who holds
/// neither sees nothing; so does work that nobody asked for, which asks as the office instead.
/// </summary>
public static class Visibility
{
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> records, CurrentUser user, string permission) where T : IOwned<T> =>
        records.VisibleTo(user, permission, T.IsOwnedBy);

    /// <summary>For records whose owners another table knows.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> records, CurrentUser user, string permission,
        Func<UserId, Expression<Func<T, bool>>> isOwnedBy) =>
            user.ReachOf(permission) switch
            {
                Reach.All => records,
                Reach.Own => records.Where(isOwnedBy(user.Id)),
                _ => records.Where(_ => false),
            };

    /// <summary>
    /// The rule of commands that one module gives another: 403 where the user may not do this to the record by its own routes. What
    /// no user asked for (schedules, sample data) is the office's.
    /// </summary>
    public static async Task RequireAsync<T>(this IQueryable<T> record, CurrentUser user, string permission, CancellationToken ct)
        where T : IOwned<T>
    {
        if (!user.IsSignedIn || user.ReachOf(permission) == Reach.All) return;
        if (!await record.VisibleTo(user, permission).AnyAsync(ct)) throw Problem.Forbidden(permission);
    }
}
