using System.Text.Json;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>A tenant of a test, with its administrator and verbs for what tests need every day.</summary>
public sealed class Office(Server server, string adminEmail, JsonElement registered)
{
    public const string Password = "Correct-Horse-2026!";

    public Server Server => server;

    public Actor Admin { get; } = new(server.Client, registered.Text("access_token"));

    public string AdminEmail => adminEmail;

    public long AdminId => registered.Long("user.id");

    public long TeamId => registered.Long("team.id");

    public long OrganizationId => registered.Long("organization.id");

    /// <summary>A new user with a role, signed in.</summary>
    public async Task<(Actor Actor, long Id, string Email)> NewUserAsync(string role)
    {
        var email = $"{role}-{Guid.NewGuid():n}@example.com";
        var user = (await Admin.PostAsync("/api/v1/users",
            new { email, password = Password, first_name = "Uma", last_name = "User", role })).Must(201);
        return (await SignInAsync(email), user.Id(), email);
    }

    /// <summary>A new user whose role has just these permissions, signed in.</summary>
    public async Task<(Actor Actor, long Id)> NewUserWhoMayAsync(params string[] permissions)
    {
        var role = $"role-{Guid.NewGuid():n}"[..20];
        (await Admin.PostAsync("/api/v1/roles", new { name = role, permissions })).Must(201);
        var (actor, id, _) = await NewUserAsync(role);
        return (actor, id);
    }

    public async Task<Actor> SignInAsync(string email, string password = Password)
    {
        var answer = await server.Anonymous.PostAsync("/api/v1/auth/login", new { email, password });
        return new Actor(server.Client, answer.Must(200).Text("access_token"));
    }

    public async Task<long> NewPropertyAsync(object? members = null) =>
        (await Admin.PostAsync("/api/v1/properties", members ?? Samples.Property())).Must(201).Id();
}

/// <summary>Bodies that are right, for tests that care about something else.</summary>
public static class Samples
{
    public static Dictionary<string, object?> Property(params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["address"] = "12 Harbour Lane", ["city"] = "Dubai" };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }
}
