using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Analytics;

internal sealed record PastLead(DateTimeOffset At, string Status, string Source, long? Person, int? Minutes);

internal sealed record PastProperty(DateTimeOffset At, string Status, string? Type, string Currency, decimal? Price);

internal sealed record PastDeal(DateTimeOffset At, DateTimeOffset? Closed, string Stage, string Type, string Currency, decimal Value,
    decimal? Rate, long? Person);

/// <summary>Years of an office that never were: rows at random moments, most of them close to midnights, turns of months and changes of
/// the clock.</summary>
internal sealed class History(Office office, TimeZoneInfo zone, Random random, DateOnly today)
{
    private static readonly string[] Statuses = ["new", "contacted", "qualified", "unqualified", "nurturing", "converted", "lost"],
        Sources = ["website", "referral", "portal", "walk_in"],
        Listed = ["available", "pending", "under_contract", "sold"], Stages = ["lead", "qualified", "closing", "closed_won", "closed_won",
            "closed_lost"];

    public List<PastLead> Leads { get; } = [];
    public List<PastProperty> Properties { get; } = [];
    public List<PastDeal> Deals { get; } = [];

    public async Task WriteAsync(int count, long[] people)
    {
        for (var i = 0; i < count; i++)
        {
            await AddAsync(new PastLead(Moment(), Of(Statuses), Of(Sources), random.Next(4) == 0 ? null
                : people[random.Next(people.Length)], random.Next(3) == 0 ? null : random.Next(1, 500)));
            await AddAsync(new PastProperty(Moment(), Of(Listed), random.Next(4) == 0 ? null : Of("villa", "apartment"),
                Of("USD", "USD", "AED"), random.Next(4) == 0 ? null : random.Next(100, 900) * 1000));
            var (at, stage) = (Moment(), Of(Stages));
            await AddAsync(new PastDeal(
                at, stage.StartsWith("closed", StringComparison.Ordinal) ? Later(at) : null, stage, Of("sale", "lease"),
                    Of("USD", "USD", "AED"), random.Next(100, 900) * 1000,
                random.Next(3) == 0 ? null : random.Next(1, 6), people[random.Next(people.Length)]));
        }
    }

    public Task AddAsync(PastLead lead)
    {
        Leads.Add(lead);
        return office.Server.ExecuteAsync(
            """
            insert into leads.leads (organization_id, first_name, last_name, source, status, status_changed_at, score, score_is_manual,
                score_reasons, tags, assigned_to, awaits_routing, first_response_minutes, created_at, updated_at)
            values ($1, 'A', 'B', $2, $3, $4, 50, false, '[]', '{}', $5, false, $6, $4, $4)
            """, office.OrganizationId, lead.Source, lead.Status, lead.At, (object?)lead.Person ?? DBNull.Value,
            (object?)lead.Minutes ?? DBNull.Value);
    }

    private Task AddAsync(PastProperty property)
    {
        Properties.Add(property);
        return office.Server.ExecuteAsync(
            """
            insert into properties.properties (organization_id, address, city, property_type, status, price, currency, features, amenities,
                tags, current_stage, stage_changed_at, has_memo, has_reply, created_at, updated_at)
            values ($1, '1 Past Street', 'Dubai', $2, $3, $4, $5, '{}', '{}', '{}', 'new', $6, false, false, $6, $6)
            """, office.OrganizationId, (object?)property.Type ?? DBNull.Value, property.Status, (object?)property.Price ?? DBNull.Value,
            property.Currency, property.At);
    }

    private Task AddAsync(PastDeal deal)
    {
        Deals.Add(deal);
        return office.Server.ExecuteAsync(
            """
            insert into deals.deals (organization_id, property_id, deal_type, stage, stage_changed_at, value, currency, commission_rate,
                vat_rate, probability, probability_by_hand, closed_at, assigned_to, created_at, updated_at)
            values ($1, 0, $2, $3, $4, $5, $6, $7, 0, 50, false, $8, $9, $4, $4)
            """, office.OrganizationId, deal.Type, deal.Stage, deal.At, deal.Value, deal.Currency, (object?)deal.Rate ?? DBNull.Value,
            (object?)deal.Closed ?? DBNull.Value,
            (object?)deal.Person ?? DBNull.Value);
    }

    /// <summary>The day of a moment by the office's clock.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    public bool Within(DateTimeOffset? at, DateOnly from, DateOnly to) => at is { } moment && Day(moment) >= from && Day(moment) <= to;

    private DateTimeOffset Moment()
    {
        var day = today.AddDays(-random.Next(0, 800));
        if (random.Next(3) == 0) day = new DateOnly(day.Year, day.Month, 1);
        if (random.Next(4) == 0) day = Turns(day);
        if (day > today) day = today;
        // Seconds around midnight, around the hour that clocks skip or repeat, or any time.
        var at = random.Next(3) switch { 0 => TimeSpan.FromSeconds(random.Next(-3, 4)),
            1 => TimeSpan.FromHours(2) + TimeSpan.FromSeconds(random.Next(-3600, 3600)), _ => TimeSpan.FromSeconds(random.Next(86_400)) };
        var moment = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue),
            TimeSpan.Zero) - zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)) + at;
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        return moment > now ? now : moment;
    }

    private DateTimeOffset Later(DateTimeOffset at)
    {
        var (moment, now) = (Moment(), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        return moment > at ? moment : at.AddHours(random.Next(1, 500)) is var then && then < now ? then : now;
    }

    private DateOnly Turns(DateOnly day) =>
        Enumerable.Range(0, 365).Select(n => day.AddDays(-n)).FirstOrDefault(d =>
            zone.GetUtcOffset(d.ToDateTime(TimeOnly.MinValue)) != zone.GetUtcOffset(d.AddDays(1).ToDateTime(TimeOnly.MinValue)), day);

    private string Of(params string[] words) => words[random.Next(words.Length)];
}
