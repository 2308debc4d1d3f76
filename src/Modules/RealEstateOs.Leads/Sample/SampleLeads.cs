using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Leads.Sample;

/// <summary>Five people who wrote to a sample brokerage, with what was done about them and what is planned. All are invented.</summary>
internal sealed class SampleLeads(TimeProvider clock) : ISampleData
{
    private sealed record Story(string First, string Last, LeadSource Source, LeadStatus Status, decimal Budget, string Area,
        string Timeline, LeadActivityType Done, string Said, LeadActivityType? Next, int InDays);

    private static readonly Story[] Plan =
    [
        new("Layla", "Nasser", LeadSource.Portal, LeadStatus.Qualified, 2_200_000, "Dubai Marina", "1-3 months", LeadActivityType.Call,
            "Wants two bedrooms with a sea view, has a mortgage offer.", LeadActivityType.Viewing, 2),
        new("James", "Whitfield", LeadSource.Referral, LeadStatus.Contacted, 2_000_000, "Downtown Dubai", "immediate",
            LeadActivityType.Email, "Sent the floor plan of the one-bedroom.", LeadActivityType.Call, 1),
        new("Karim", "Saleh", LeadSource.WalkIn, LeadStatus.Contacted, 15_000_000, "Palm Jumeirah", "3 months", LeadActivityType.Meeting,
            "Met at the office; wants a villa with a pool.", LeadActivityType.Meeting, -1),
        new("Mei", "Chen", LeadSource.Website, LeadStatus.Nurturing, 700_000, "Jumeirah Village Circle", "6 months", LeadActivityType.Sms,
            "Looks for a first investment, asks about yields.", LeadActivityType.Task, 7),
        new("Anna", "Fischer", LeadSource.SocialMedia, LeadStatus.New, 1_400_000, "Business Bay", "3-6 months", LeadActivityType.Note,
            "Commented on our post about Business Bay.", null, 0),
    ];

    public int Order => 150;

    public async Task PlantAsync(SampleContext context, CancellationToken ct)
    {
        if (!context.Name.StartsWith("Acme", StringComparison.Ordinal)) return;
        var db = context.Services.GetRequiredService<LeadsDb>();
        var homes = await context.Services.GetRequiredService<IPropertyDirectory>().CandidatesAsync(new PropertyWish(), 50, ct);
        var agents = context.People.Where(p => !p.Key.StartsWith("admin", StringComparison.Ordinal)).Select(p => p.Value).ToArray();
        var leads = Plan.Select((plan, place) =>
        {
            var lead = new Lead
            {
                FirstName = plan.First, LastName = plan.Last, Source = plan.Source, Budget = plan.Budget, Area = plan.Area,
                Timeline = plan.Timeline, TeamId = context.Team, Tags = ["sample"],
                PropertyId = homes.FirstOrDefault(h => h.Community == plan.Area)?.Id,
            };
            lead.SetEmail($"{plan.First}.{plan.Last}@example.com".ToLowerInvariant());
            return new NewLead(lead, plan.Status, agents[place % agents.Length]);
        }).ToList();
        await context.Services.GetRequiredService<NewLeads>().AddAsync(leads, ct);
        var now = clock.Now();
        foreach (var (lead, plan) in leads.Zip(Plan)) Work(db, lead.Lead, plan, now);
        await db.SaveAsync([.. leads.Select(l => l.Lead)], context.Services.GetRequiredService<LeadScoring>(), ct);
    }

    private static void Work(LeadsDb db, Lead lead, Story plan, DateTimeOffset now)
    {
        var done = new LeadActivity { LeadId = lead.Id, ActivityType = plan.Done, Description = plan.Said, CompletedAt = now };
        db.Add(done);
        if (done.ReachedAt(now) is { } reached) lead.Contacted(reached);
        db.AddTimeline(lead, "activity_added", "Activity Recorded", $"{plan.Done}: {plan.Said}");
        if (plan.Next is not { } next) return;
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(plan.InDays).AddHours(8);
        db.Add(new LeadActivity { LeadId = lead.Id, ActivityType = next, Subject = $"{next} with {plan.First}",
            Description = "Planned in the sample data.", ScheduledAt = day });
    }
}
