using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Users;

/// <summary>Reads the addresses by which people sign in anew; one that turns out to be another account's stays as it is.</summary>
internal sealed class UserKeys(AuthDb db, DataSources sources) : IContactKeys
{
    public static string Table => "auth.users";

    public async Task<int> RenewAsync(IReadOnlyList<long> ids, string? country, CancellationToken ct)
    {
        var wanted = ids.Select(UserId.From).ToArray();
        var renewed = 0;
        foreach (var user in await db.Users.Where(u => wanted.Contains(u.Id)).ToListAsync(ct))
        {
            var key = Emails.Normalize(user.Email);
            if (key == user.Email || await Accounts.Accounts.ExistsAsync(sources, key, ct)) continue;
            user.Email = key;
            renewed++;
            await db.SaveChangesAsync(ct);
        }
        return renewed;
    }
}
