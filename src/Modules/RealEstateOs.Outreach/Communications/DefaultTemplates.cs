using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The templates that every organization starts with, in its language, from the first time that somebody looks.</summary>
internal static class DefaultTemplates
{
    private static readonly Texts English = new(
        "Initial Outreach",
        "Quick question about {{address}}",
        """
        Hi {{#if owner_first_name}}{{owner_first_name}}{{else}}there{{/if}},

        I noticed your property at {{address}}, {{city}}, and wanted to ask whether you would consider an offer. We work with buyers in your area, and I would be glad to tell you what homes like yours sell for at the moment, without any obligation.

        If this is not a good time, a short reply is enough and I will not write again.

        Kind regards,
        {{agent_name}}
        {{company_name}}
        """,
        "Hi {{#if owner_first_name}}{{owner_first_name}}{{else}}there{{/if}}, {{agent_name}} of {{company_name}} here. "
            + "Would you consider an offer for {{address}}? Reply STOP to opt out.");

    private static readonly Texts Arabic = new(
        "التواصل الأول",
        "سؤال عن عقاركم: {{address}}",
        """
        مرحباً{{#if owner_first_name}} {{owner_first_name}}{{/if}}،

        أكتب إليكم بشأن عقاركم في {{address}}، {{city}}، لأسألكم هل تنظرون في عرض لشرائه. نعمل مع مشترين في منطقتكم، ويسعدني أن أطلعكم على الأسعار التي تُباع بها العقارات المشابهة حالياً دون أي التزام.

        إن لم يكن الوقت مناسباً فيكفي رد قصير، ولن أكتب إليكم ثانية.

        مع أطيب التحيات،
        {{agent_name}}
        {{company_name}}
        """,
        "مرحباً{{#if owner_first_name}} {{owner_first_name}}{{/if}}، معكم {{agent_name}} من {{company_name}}. "
            + "هل تنظرون في عرض لشراء {{address}}؟ للإيقاف أرسلوا STOP.");

    /// <summary>Plants them where the organization never had a template: one that was deleted does not come back.</summary>
    public static async Task EnsureAsync(OutreachDb db, IOrganizationDirectory organizations, CancellationToken ct)
    {
        var (name, subject, body, sms) = PageWords.IsArabicTag((await organizations.DefaultsAsync(ct)).Locale) ? Arabic : English;
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into outreach.communication_templates (organization_id, name, type, subject_template, body_template, stage, is_active,
                 created_at, updated_at)
             select {db.CurrentOrganization.Value}, {name}, type, subject, body, 'outreach', true, now(), now()
             from (values (1, 'email', {subject}, {body}), (2, 'sms', null, {sms})) as t(place, type, subject, body)
             where not exists (select from outreach.communication_templates where organization_id = {db.CurrentOrganization.Value})
             order by place
             on conflict do nothing
             """, ct);
    }

    private sealed record Texts(string Name, string Subject, string Body, string Sms);
}

/// <summary>The sample brokerages have their templates at once, so that the guide's <c>template_id: 1</c> is there.</summary>
internal sealed class SampleTemplates : ISampleData
{
    public int Order => 50;

    public Task PlantAsync(SampleContext context, CancellationToken ct) => DefaultTemplates.EnsureAsync(
        context.Services.GetRequiredService<OutreachDb>(), context.Services.GetRequiredService<IOrganizationDirectory>(), ct);
}
