using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.Organizations;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Auth.Sample;

/// <summary>
/// The two brokerages of the sample data with their people, then the other modules' records: a transaction for each
/// organization, and nothing at all where the database has an organization already.
/// </summary>
internal sealed class SamplePlanter(DataSources sources, IServiceScopeFactory scopes, Passwords passwords, TimeProvider clock,
    ILogger<SamplePlanter> log)
{
    private static readonly SampleOffice[] Offices =
    [
        new("Acme Real Estate", "AED", "AE", "Asia/Dubai", "Dubai Marina Team",
        [
            new("admin@acme-realestate.com", "Admin123!", "Alice", "Anderson", DefaultRoleSet.Admin),
            new("manager@acme-realestate.com", "Manager123!", "Maria", "Moreno", DefaultRoleSet.Manager),
            new("mike@acme-realestate.com", "Agent123!", "Mike", "Miller", DefaultRoleSet.Agent),
            new("sarah@acme-realestate.com", "Agent123!", "Sarah", "Santos", DefaultRoleSet.Agent),
        ]),
        new("Premium Properties LLC", "USD", "US", "America/Los_Angeles", "San Francisco Team",
        [
            new("admin@premium-properties.com", "Admin123!", "Peter", "Park", DefaultRoleSet.Admin),
            new("agent@premium-properties.com", "Agent123!", "Paula", "Price", DefaultRoleSet.Agent),
        ]),
    ];

    public async Task PlantAsync(CancellationToken ct)
    {
        // Hosts that start together on an empty database: one plants, the others wait and find it done.
        await using var turn = await sources.System.OpenConnectionAsync(ct);
        await using var held = await turn.BeginTransactionAsync(ct);
        await using (var locked = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('auth.sample', 0))", turn, held))
            await locked.ExecuteNonQueryAsync(ct);
        await using (var any = new NpgsqlCommand("select exists (select from auth.organizations)", turn, held))
            if ((bool)(await any.ExecuteScalarAsync(ct))!) return;
        foreach (var office in Offices)
        {
            var id = await NewOrganization.TakeIdAsync(sources, ct);
            var hashes = office.People.ToDictionary(p => p.Email, p => passwords.Hash(p.Password));
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TenantTransaction>().RunAsync(id, null,
                services => PlantAsync(services, office, hashes, ct), ct);
            log.LogInformation("Planted the sample organization {Name}", office.Name);
        }
    }

    private async Task<bool> PlantAsync(IServiceProvider services, SampleOffice office, Dictionary<string, string> hashes,
        CancellationToken ct)
    {
        var setUp = services.GetRequiredService<NewOrganization>();
        var organization = new Organization { Name = office.Name, Currency = office.Currency, Country = office.Country,
            TimeZone = office.TimeZone };
        var (team, roles) = await setUp.SetUpAsync(organization, office.Team, ct);
        var people = new Dictionary<string, UserId>(StringComparer.Ordinal);
        foreach (var person in office.People)
        {
            var user = new User
            {
                Email = person.Email, FirstName = person.First, LastName = person.Last, TeamId = team.Id,
                PasswordHash = hashes[person.Email], EmailVerifiedAt = clock.Now(),
            };
            people[person.Email] = (await setUp.AddPersonAsync(user, roles[person.Role], ct)).Id;
        }
        var context = new SampleContext(services, organization.Id, office.Name, team.Id, people);
        foreach (var sample in services.GetServices<ISampleData>().OrderBy(s => s.Order)) await sample.PlantAsync(context, ct);
        return true;
    }

    private sealed record SampleOffice(string Name, string Currency, string Country, string TimeZone, string Team, SamplePerson[] People);

    private sealed record SamplePerson(string Email, string Password, string First, string Last, string Role);
}
