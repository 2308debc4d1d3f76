using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Sample;

/// <summary>A buyer who came from a lead, and a seller. Both are invented.</summary>
internal sealed class SampleClients(TimeProvider clock) : ISampleData
{
    public int Order => 200;

    public async Task PlantAsync(SampleContext context, CancellationToken ct)
    {
        if (!context.Name.StartsWith("Acme", StringComparison.Ordinal)) return;
        var db = context.Services.GetRequiredService<CrmDb>();
        var agent = context.People["mike@acme-realestate.com"];
        var first = (await context.Services.GetRequiredService<ILeadAudience>().PageAsync(new LeadWish(), null, 1, ct)).FirstOrDefault();
        var home = (await context.Services.GetRequiredService<IPropertyDirectory>().CandidatesAsync(new PropertyWish(), 1,
            ct)).FirstOrDefault();
        var buyer = new Client
        {
            FirstName = first?.FirstName ?? "Layla", LastName = first?.LastName ?? "Nasser", Type = ClientType.Buyer, LeadId = first?.Id,
            AssignedAgentId = agent,
            Preferences = JsonSerializer.SerializeToElement(new { areas = new[] { "Dubai Marina" }, property_types = new[] { "apartment" },
                min_price = 1_800_000, max_price = 2_300_000, bedrooms = 2 }, Json.Options),
        };
        buyer.SetEmail(first?.Email ?? "layla.nasser@example.com");
        var seller = new Client { FirstName = "Elena", LastName = "Petrova", Type = ClientType.Seller, AssignedAgentId = agent,
            Notes = "Sells the villa on Palm Jumeirah." };
        seller.SetEmail("elena.petrova@example.com");
        db.AddRange(buyer, seller);
        await db.SaveChangesAsync(ct);
        foreach (var client in (Client[])[buyer, seller]) db.AddHistory(client, "client_created", "Client Added", client.FullName);
        if (home is not null) db.Add(new ClientProperty { ClientId = buyer.Id, PropertyId = home.Id,
            Relation = ClientPropertyRelation.Viewed, LinkedBy = agent, LinkedAt = clock.Now() });
        await db.SaveChangesAsync(ct);
    }
}
