using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Papers;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Deals.Statements;

internal static class CommissionStatement
{
    /// <summary>How a deal's commission is divided, to print: gross, co-broker, fees, office, agents, and VAT beside it.</summary>
    /// <param name="id">Which deal.</param>
    /// <param name="language">en or ar; else the office's.</param>
    /// <param name="agentId">Shows this agent's share alone.</param>
    public static async Task<Results<FileContentHttpResult, NotFound>> Pdf(DealId id, string? language,
        [FromQuery(Name = "agent_id")] UserId? agentId, DealsDb db, CurrentUser user, DealNames names, PaperPrinter printer,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var brand = await organizations.BrandAsync(ct);
        var words = PaperWords.Of(language, brand.Locale);
        var found = await db.DealsOf(user, DealsPermissions.Read).AsNoTracking().Where(d => d.Id == id).Select(DealResponse.Projection)
            .FirstOrDefaultAsync(ct);
        if (found is null) return TypedResults.NotFound();
        var deal = await names.CompleteAsync(found, ct);
        if (deal.GrossCommission is null) throw Problem.Conflict("The deal has no commission_rate, so there is no commission to state.");
        var shares = SharesOf(deal);
        if (agentId is { } one && !shares.Any(s => s.UserId == one))
            throw Problem.Invalid(FieldError.Format("agent_id", "has no share of this deal's commission") with { In = "query" });
        var office = await organizations.DefaultsAsync(ct);
        var closed = deal is { Stage: DealStage.ClosedWon, ClosedAt: { } at }
            ? LocalDay.Of(at, TimeZoneInfo.TryFindSystemTimeZoneById(office.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc)
            : (DateOnly?)null;
        var body = Body(deal, [.. shares.Where(s => agentId is null || s.UserId == agentId)], closed, words);
        return await printer.PrintAsync(new Paper(words["statement"], office.Name, body, words, brand),
            $"commission-{deal.Reference}.pdf", ct);
    }

    /// <summary>The splits; without any, all of it is the assignee's.</summary>
    private static IReadOnlyList<SplitResponse> SharesOf(DealResponse deal) => deal is { Splits: [], AssignedTo: { } agent }
        ? [new SplitResponse(agent, deal.AssignedToName, 100, deal.AgentsAmount)] : deal.Splits;

    private static Html Body(DealResponse d, SplitResponse[] shares, DateOnly? closed, PaperWords w)
    {
        Html Money(decimal? amount) => Paper.Money(amount ?? 0, d.Currency);
        Html Row(string name, decimal? share, decimal? amount, string style = "") => Html.Of($"""
            <tr class="{style}"><td><bdi>{name}</bdi></td><td class="n">{(share is { } s ? Paper.Percent(s) : Html.Empty)}</td>
            <td class="n">{Money(amount)}</td></tr>
            """);
        var other = d.CoBroker is { } named ? $"{w["co_broker"]}: {named}" : w["co_broker"];
        var price = d.DealType is DealType.Lease or DealType.Rental ? "rent" : "price";
        return Html.Of($"""
            {Paper.Facts((w["property"], Paper.Text(d.Property is { } p ? $"{p.Address}, {p.City}" : d.Reference)),
                (w["deal_type"], Paper.Text(w.Type(d.DealType))), (w[price], Money(d.Value)),
                (w["closed_on"], Paper.Text(closed is { } day ? w.Day(day) : w["not_won"])))}
            <table><thead><tr><th></th><th class="n">{w["share"]}</th><th class="n">{w["amount"]}</th></tr></thead><tbody>
            {Row(w["gross"], d.CommissionRate, d.GrossCommission, "sum")}
            {(d.CoBrokeAmount > 0 ? Row(other, d.CoBrokeShare, -d.CoBrokeAmount) : Html.Empty)}
            {CommissionFee.Read(d.CommissionFees).Select(f => Row(f.Description!, null, -f.Amount))}
            {(d.HouseAmount > 0 ? Row(w["house"], d.HouseShare, -d.HouseAmount) : Html.Empty)}
            {Row(w["agents"], null, d.AgentsAmount, "sum")}</tbody></table>
            <h2 style="margin-top:8mm">{w["agents"]}</h2><table>
            <thead><tr><th>{w["agent"]}</th><th class="n">{w["share"]}</th><th class="n">{w["amount"]}</th></tr></thead>
            <tbody>{shares.Select(s => Row(s.Name ?? $"{s.UserId.Value}", s.Percent, s.Amount))}</tbody></table>
            <p class="small">{w["vat_note"]}<br>{w["vat"]} {Paper.Percent(d.VatRate)}: {Money(d.VatAmount)} ·
            {w["invoiced"]}: {Money(d.CommissionWithVat)}</p>
            """);
    }
}
