using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Outgoing;

namespace RealEstateOs.Integrations.Endpoints;

/// <summary>The members of an endpoint that a client may write.</summary>
public abstract record EndpointFields : PartialBody
{
    /// <summary>
    /// Where events are posted to: https (http in Development), port 80, 443 or from 1024 on, leading to a public address.
    /// </summary>
    [MaxLength(2000)] public string? Url { get; init; }
    /// <summary>Names (<c>deal.closed</c>), families (<c>property.*</c>) or <c>*</c> for all, which is the default.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }
    /// <summary>For the office: whose it is and what it does.</summary>
    [MaxLength(500)] public string? Description { get; init; }
    /// <summary>Switching on clears a disabling, and sends what was held meanwhile, in order.</summary>
    public bool? IsActive { get; init; }

    internal void ApplyTo(WebhookEndpoint e)
    {
        e.Url = Given(Url, e.Url)!;
        e.Description = Given(Description, e.Description);
        if (Has(nameof(EventTypes))) e.EventTypes = EventTypes is { Count: > 0 } some ? [.. some.Distinct(StringComparer.Ordinal)] : ["*"];
        if (IsActive is { } on && on != e.IsActive) e.Switch(on);
    }
}

/// <example>{"url": "https://crm.example.com/in", "event_types": ["deal.*", "lead.created"], "description": "Our CRM"}</example>
public sealed record CreateEndpointRequest : EndpointFields, IRequestBody<CreateEndpointRequest>;

/// <example>{"event_types": ["*"], "is_active": true}</example>
public sealed record UpdateEndpointRequest : EndpointFields, IRequestBody<UpdateEndpointRequest>;

internal abstract class EndpointFieldsValidator<T> : AbstractValidator<T> where T : EndpointFields
{
    private static readonly HashSet<string> Known = [.. EventTypes.All.SelectMany(t => new[] { t.Name, t.Family }), "*"];

    protected EndpointFieldsValidator(OutgoingRules rules)
    {
        RuleFor(e => e.Url).Custom((url, context) =>
        {
            if (!string.IsNullOrEmpty(url) && rules.FaultOf(url) is { } fault) context.AddFailure(fault);
        });
        RuleFor(e => e.Description).IsOneLine();
        RuleForEach(e => e.EventTypes).Cascade(CascadeMode.Continue).Must(Known.Contains)
            .WithMessage(
                $"must be *, or one of {string.Join(", ", EventTypes.All.Select(t => t.Name))}, or a family of them, such as property.*");
    }
}

internal sealed class CreateEndpointValidator : EndpointFieldsValidator<CreateEndpointRequest>
{
    public CreateEndpointValidator(OutgoingRules rules) : base(rules) => RuleFor(e => e.Url).NotEmpty();
}

internal sealed class UpdateEndpointValidator : EndpointFieldsValidator<UpdateEndpointRequest>
{
    public UpdateEndpointValidator(OutgoingRules rules) : base(rules) => RuleFor(e => e.Url).NotEmpty().When(e => e.Has(nameof(e.Url)));
}

/// <summary>An endpoint and how it fares; its secret is never shown again.</summary>
/// <inheritdoc cref="EndpointFields"/>
public record EndpointResponse : EntityResponse<WebhookEndpointId>
{
    public string Url { get; init; } = "";
    public string? Description { get; init; }
    /// <summary>Names (deal.closed), families (property.*) or * for all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];
    /// <summary>Events are sent; false holds them.</summary>
    public bool IsActive { get; init; }

    /// <summary>When the product disabled it; null where it is active, or a person switched it off.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
    public WebhookDisabledReason? DisabledReason { get; init; }

    /// <summary>Until then the secret before the last rotation signs, too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Attempts that failed since the last one that succeeded.</summary>
    public int ConsecutiveFailures { get; init; }
    /// <summary>Since when nothing succeeded; null while it does.</summary>
    public DateTimeOffset? FailingSince { get; init; }
    /// <summary>When an event was last taken with a 2xx; null for never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }
    /// <summary>When an attempt last failed; null for never.</summary>
    public DateTimeOffset? LastFailureAt { get; init; }

    [JsonIgnore] public override bool ShowsOtherRows => true;

    internal static readonly Expression<Func<WebhookEndpoint, EndpointResponse>> Projection = e => new EndpointResponse
    {
        Id = e.Id, OrganizationId = e.OrganizationId, Url = e.Url, Description = e.Description, EventTypes = e.EventTypes,
        IsActive = e.IsActive, DisabledAt = e.DisabledAt,
        DisabledReason = e.DisabledReason, PreviousSecretUntil = e.PreviousSecretUntil, ConsecutiveFailures = e.Health.ConsecutiveFailures,
        FailingSince = e.Health.FailingSince,
        LastSuccessAt = e.Health.LastSuccessAt, LastFailureAt = e.Health.LastFailureAt, CreatedBy = e.CreatedBy, CreatedAt = e.CreatedAt,
        UpdatedAt = e.UpdatedAt, Version = e.Version,
    };

    private static readonly Func<WebhookEndpoint, EndpointResponse> Project = Projection.Compile();

    internal static EndpointResponse Of(WebhookEndpoint endpoint) => Project(endpoint);
}

/// <summary>An endpoint with its secret, which is shown this once.</summary>
public sealed record EndpointWithSecretResponse : EndpointResponse
{
    [SetsRequiredMembers]
    private EndpointWithSecretResponse(EndpointResponse endpoint) : base(endpoint)
    {
    }

    /// <summary>What the receiver verifies with: <c>whsec_</c> and 32 bytes in base64, as Standard Webhooks has it.</summary>
    public string Secret { get; private init; } = "";

    internal static EndpointWithSecretResponse Of(WebhookEndpoint endpoint, string secret) =>
        new(EndpointResponse.Of(endpoint)) { Secret = secret };
}
