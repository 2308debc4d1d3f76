using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Teams;

internal static class ListTeams
{
    private static readonly ListSpec<Team> Spec = new ListSpec<Team>()
        .Is("name", t => t.Name)
        .Sort("name", t => t.Name).Sort("created_at", t => t.CreatedAt)
        .By("created_at");

    /// <summary>The teams of the organization.</summary>
    public static Task<ListResult<TeamResponse>> Handle(ListRequest list, AuthDb db, CancellationToken ct) =>
        list.PageAsync(db.Teams.AsNoTracking(), Spec, t => t.Id, TeamResponse.Projection, ct);
}

internal static class GetTeam
{
    /// <summary>One team.</summary>
    public static Task<Results<Ok<TeamResponse>, NotFound>> Handle(TeamId id, AuthDb db, CancellationToken ct) =>
        db.Teams.AsNoTracking().Where(t => t.Id == id).Select(TeamResponse.Projection).AnswerOneAsync(ct);
}

internal static class CreateTeam
{
    /// <summary>Adds a team.</summary>
    public static async Task<Created<TeamResponse>> Handle(CreateTeamRequest request, AuthDb db, CancellationToken ct)
    {
        var team = new Team { Name = request.Name!.Trim(), Description = request.Description };
        db.Add(team);
        await db.SaveNameAsync(team.Name, ct);
        return TypedResults.Created($"/api/v1/teams/{team.Id.Value}", TeamResponse.Of(team));
    }
}

internal static class UpdateTeam
{
    /// <summary>Changes the members that are present.</summary>
    public static async Task<Results<Ok<TeamResponse>, NotFound>> Handle(TeamId id, UpdateTeamRequest request, AuthDb db,
        CancellationToken ct)
    {
        var team = await db.Teams.FirstOrDefaultAsync(t => t.Id == id, ct);
        if (team is null) return TypedResults.NotFound();
        team.Name = request.Given(request.Name, team.Name)!.Trim();
        team.Description = request.Given(request.Description, team.Description);
        await db.SaveNameAsync(team.Name, ct);
        return TypedResults.Ok(TeamResponse.Of(team));
    }
}

internal static class DeleteTeam
{
    /// <summary>Deletes a team without members; records keep the number of a team that is gone.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(TeamId id, AuthDb db, CancellationToken ct)
    {
        var team = await db.Teams.FirstOrDefaultAsync(t => t.Id == id, ct);
        if (team is null) return TypedResults.NotFound();
        var members = await db.Users.CountAsync(u => u.TeamId == id, ct);
        if (members > 0) throw Problem.Conflict($"{members} users are in the team {team.Name}. Move them first.");
        db.Remove(team);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
