using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Models;

/// <summary><c>refused</c>: the endpoint answered with an error; <c>failed</c>: it was not reached, or what came is no answer.</summary>
public enum ModelOutcome { Answered, Refused, Failed, TimedOut, Stopped }

/// <summary>A request to the model, written before it is sent: one whose host was killed counts as what was set aside for it.</summary>
internal sealed class ModelCall : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public UserId UserId { get; set; }
    public string Model { get; set; } = "";
    /// <summary>What counts against the budget: what was set aside, then what the endpoint says that it took.</summary>
    public int Tokens { get; set; }
    /// <summary>As the endpoint counted; null where it did not say.</summary>
    public int? InputTokens { get; set; }
    public int? OutputTokens { get; set; }
    [Precision(18, 6)] public decimal? Cost { get; set; }
    /// <summary>Null while it is under way.</summary>
    public ModelOutcome? Outcome { get; set; }
    public int? Milliseconds { get; set; }
    public DateTimeOffset CalledAt { get; set; }
}
