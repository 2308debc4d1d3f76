using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Outreach.Sample;

/// <summary>A template and a draft that uses it: nothing is sent until somebody sends it.</summary>
internal sealed class SampleCampaign : ISampleData
{
    public int Order => 400;

    public async Task PlantAsync(SampleContext context, CancellationToken ct)
    {
        if (!context.Name.StartsWith("Acme", StringComparison.Ordinal)) return;
        var db = context.Services.GetRequiredService<OutreachDb>();
        var template = new CampaignTemplate
        {
            Name = "New listing", CampaignType = CampaignType.Email, Subject = "{{first_name}}, a new home in Dubai Marina",
            Content = "<p>Hello {{first_name}},</p><p>a two-bedroom apartment with a sea view has just come to the market. "
                + "Would you like to see it?</p>",
        };
        db.Add(template);
        await db.SaveChangesAsync(ct);
        db.Add(new Campaign { Name = "Marina Heights to our buyers", CampaignType = CampaignType.Email, TemplateId = template.Id,
            Subject = template.Subject, Content = template.Content });
        await db.SaveChangesAsync(ct);
    }
}
