using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Checklists;

/// <summary>What has to be done for a kind of deal, as the organization wants it. Origin names the built-in list it stands for.</summary>
internal sealed class ChecklistTemplate : Entity<ChecklistTemplateId>, ISoftDeletable
{
    public string? Origin { get; set; }
    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public JsonElement Items { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A step of a deal, copied from a template or added by hand; ticked with who and when.</summary>
internal sealed class ChecklistItem : Entity<ChecklistItemId>
{
    public DealId DealId { get; set; }
    public ChecklistTemplateId? TemplateId { get; set; }
    public int Position { get; set; }
    public string? Code { get; set; }
    public string Title { get; set; } = "";
    public string? Description { get; set; }
    public bool IsRequired { get; set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public UserId? DoneBy { get; private set; }
    public string? Note { get; set; }

    /// <summary>Who ticked it first stays, however often it is ticked.</summary>
    public void Tick(bool done, UserId by, DateTimeOffset now)
    {
        if (done == DoneAt is not null) return;
        DoneAt = done ? now : null;
        DoneBy = done ? by : null;
    }
}
