using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Campaigns;

public abstract record CampaignTemplateFields : CampaignText
{
    /// <summary>Inactive ones are kept but not offered; true where it is left out.</summary>
    public bool? IsActive { get; init; }
}

/// <example>{"name": "Price reduced", "campaign_type": "email", "subject": "A lower price, {{first_name}}",
/// "content": "Dear {{first_name}}, the price of a home you liked went down."}</example>
public sealed record CreateCampaignTemplateRequest : CampaignTemplateFields, IRequestBody<CreateCampaignTemplateRequest>;

/// <example>{"subject": "{{first_name}}: a lower price"}</example>
public sealed record UpdateCampaignTemplateRequest : CampaignTemplateFields, IRequestBody<UpdateCampaignTemplateRequest>;

internal sealed class CreateCampaignTemplateValidator : CampaignTextValidator<CreateCampaignTemplateRequest>
{
    public CreateCampaignTemplateValidator()
    {
        RequireBasics();
        RuleFor(c => c.Content).NotEmpty().When(c => !c.Has(nameof(c.Content)));
    }
}

internal sealed class UpdateCampaignTemplateValidator : CampaignTextValidator<UpdateCampaignTemplateRequest>;

/// <inheritdoc cref="CampaignText"/>
public sealed record CampaignTemplateResponse : EntityResponse<CampaignTemplateId>
{
    public required string Name { get; init; }
    public CampaignType CampaignType { get; init; }
    public string? Subject { get; init; }
    public required string Content { get; init; }
    public string? Description { get; init; }
    /// <summary>Inactive ones are kept but not offered.</summary>
    public bool IsActive { get; init; }

    internal static readonly Expression<Func<CampaignTemplate, CampaignTemplateResponse>> Projection = t => new CampaignTemplateResponse
    {
        Id = t.Id, OrganizationId = t.OrganizationId, Name = t.Name, CampaignType = t.CampaignType, Subject = t.Subject,
        Content = t.Content, Description = t.Description,
        IsActive = t.IsActive, CreatedBy = t.CreatedBy, CreatedAt = t.CreatedAt, UpdatedAt = t.UpdatedAt, Version = t.Version,
    };

    internal static readonly Func<CampaignTemplate, CampaignTemplateResponse> Of = Projection.Compile();
}
