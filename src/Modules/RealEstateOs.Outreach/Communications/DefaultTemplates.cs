using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The templates that every organization starts with, from the first time that somebody looks.</summary>
internal static class DefaultTemplates
{
    private const string Subject = "Quick question about {{address}}";

    private const string Body =
        """
        Hi {{#if owner_first_name}}{{owner_first_name}}{{else}}there{{/if}},

        I noticed your property at {{address}}, {{city}}, and wanted to ask whether you would consider an offer. We work with buyers in your area, and I would be glad to tell you what homes like yours sell for at the moment, without any obligation.

        If this is not a good time, a short reply is enough and I will not write again.

        Kind regards,
        {{agent_name}}
        {{company_name}}
        """;

    private const string SmsBody = "Hi {{#if owner_first_name}}{{owner_first_name}}{{else}}there{{/if}}, {{agent_name}} of {{company_name}} here. Would you consider an offer for {{address}}? Reply STOP to opt out.";

    /// <summary>Plants them where the organization never had a template: one that was deleted does not come back.</summary>
    public static Task EnsureAsync(OutreachDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
         insert into outreach.communication_templates (organization_id, name, type, subject_template, body_template, stage, is_active, created_at, updated_at)
         select {db.CurrentOrganization.Value}, name, type, subject, body, 'outreach', true, now(), now()
         from (values (1, 'Initial Outreach', 'email', {Subject}, {Body}), (2, 'Initial Outreach', 'sms', null, {SmsBody})) as t(place,
             name, type, subject, body)
         where not exists (select from outreach.communication_templates where organization_id = {db.CurrentOrganization.Value})
         order by place
         on conflict do nothing
         """, ct);
}

/// <summary>The sample brokerages have their templates at once, so that the guide's <c>template_id: 1</c> is there.</summary>
internal sealed class SampleTemplates : ISampleData
{
    public int Order => 50;

    public Task PlantAsync(SampleContext context, CancellationToken ct) =>
        DefaultTemplates.EnsureAsync(context.Services.GetRequiredService<OutreachDb>(), ct);
}
