using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Marketing.Campaigns;

/// <example>{"channel": "postcard", "amount": 1250, "spent_on": "2026-11-20", "note": "500 cards, printed and posted"}</example>
public sealed record AddExpenseRequest : IRequestBody<AddExpenseRequest>
{
    public MarketingChannel? Channel { get; init; }
    /// <summary>In the campaign's currency; negative for a refund.</summary>
    public decimal? Amount { get; init; }
    /// <summary>The day that it counts for.</summary>
    public DateOnly? SpentOn { get; init; }
    /// <summary>What it was for, up to 500 letters.</summary>
    [MaxLength(500)] public string? Note { get; init; }
}

internal sealed class AddExpenseValidator : AbstractValidator<AddExpenseRequest>
{
    public AddExpenseValidator()
    {
        RuleFor(e => e.Channel).NotNull();
        RuleFor(e => e.Amount).NotNull().InclusiveBetween(-1_000_000_000, 1_000_000_000);
        RuleFor(e => e.SpentOn).NotNull();
    }
}

/// <summary>Money spent on a channel of a campaign.</summary>
/// <param name="Id">Id of the expense.</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="Amount">In the campaign's currency.</param>
/// <param name="SpentOn">The day that it counts for.</param>
/// <param name="Note">What it was for; null where nobody said.</param>
public sealed record ExpenseResponse(string Id, string CampaignId, MarketingChannel Channel, decimal Amount, DateOnly SpentOn, string? Note,
    UserId? CreatedBy, DateTimeOffset CreatedAt);

internal static class Expenses
{
    private static readonly ListSpec<Expense> Spec = new ListSpec<Expense>()
        .Is("channel", e => e.Channel).Range("spent_on", e => e.SpentOn).Range("amount", e => e.Amount)
        .Sort("spent_on", e => e.SpentOn).Sort("amount", e => e.Amount)
        .By("-spent_on");

    /// <summary>Enters what was spent: printing, postage, advertising.</summary>
    public static async Task<Results<Created<ExpenseResponse>, NotFound>> Add(MarketingCampaignId id, AddExpenseRequest request,
        MarketingDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, MarketingPermissions.Update, ct) is null) return TypedResults.NotFound();
        var expense = new Expense { CampaignId = id, Channel = request.Channel!.Value, Amount = request.Amount!.Value,
            SpentOn = request.SpentOn!.Value, Note = request.Note };
        db.Add(expense);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, Of(expense));
    }

    /// <summary>What was spent on the campaign.</summary>
    public static async Task<Results<ListResult<ExpenseResponse>, NotFound>> List(MarketingCampaignId id, ListRequest list, MarketingDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.Campaigns.VisibleTo(user, MarketingPermissions.Read).AnyAsync(c => c.Id == id, ct)
                ? await list.PageAsync(db.Expenses.AsNoTracking().Where(e => e.CampaignId == id), Spec, e => e.Id, e => Of(e), ct)
                : TypedResults.NotFound();

    private static ExpenseResponse Of(Expense e) =>
        new(e.Id.Reference(), e.CampaignId.Reference(), e.Channel, e.Amount, e.SpentOn, e.Note, e.CreatedBy, e.CreatedAt);
}
