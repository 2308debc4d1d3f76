using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Agents;

internal sealed class Teams(UnitOfWork work)
{
    private const string Sql =
        """
        select mate.user_id from auth.report_people who join auth.report_people mate on mate.team_id = who.team_id
            and mate.organization_id = $1
        where who.organization_id = $1 and who.user_id = $2 and mate.user_id <> $2 and mate.is_active
        """;

    /// <summary>The active people of a person's team but that person.</summary>
    public async Task<IReadOnlySet<UserId>> MatesAsync(UserId user, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters = { new() { Value = work.Tenant.Required.Value }, new() { Value = user.Value } },
        };
        var mates = new HashSet<UserId>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) mates.Add(new(row.GetInt64(0)));
        return mates;
    }
}
