using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Imports;

/// <summary>Are the teams and users that rows name of this organization? Each is asked for once a batch.</summary>
public sealed class StaffOfRows(IOrganizationDirectory organizations, string userMember)
{
    private readonly Dictionary<(TeamId?, UserId?), FieldError?> asked = [];

    public async Task<FieldError?> FaultOfAsync(TeamId? team, UserId? user, CancellationToken ct)
    {
        var who = (team, user);
        if (who is (null, null)) return null;
        if (asked.TryGetValue(who, out var known)) return known;
        try
        {
            await organizations.RequireAsync(team, user, ct, userMember: userMember);
            return asked[who] = null;
        }
        catch (Problem problem)
        {
            return asked[who] = problem.Errors.Count > 0 ? problem.Errors[0] : FieldError.Format(userMember, problem.Message);
        }
    }
}
