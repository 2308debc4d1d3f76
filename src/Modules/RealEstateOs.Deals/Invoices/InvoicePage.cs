using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Deals.Papers;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Deals.Invoices;

/// <summary>An invoice or credit note as it is printed; all that it says but the colours was kept when it was issued.</summary>
internal static class InvoicePage
{
    public static Paper Of(InvoiceResponse i, Invoice? credited, PaperWords w, OrganizationBrand brand)
    {
        var title = w[(i.IsTaxInvoice ? "tax_" : "") + (i.Kind == InvoiceKind.Invoice ? "invoice" : "credit_note")];
        var facts = Paper.Facts(
            (w["number"], Paper.Text(i.Number)), (w["issued_on"], Paper.Text(w.Day(i.IssuedOn))),
            (w["supplied_on"], Paper.Text(w.Day(i.SuppliedOn))), (w["due_on"], Paper.Text(i.DueOn is { } due ? w.Day(due) : null)),
            (w["property"], Paper.Text(i.PropertyAddress)),
            (w["credits"], Paper.Text(credited is { } c ? $"{c.Number} · {w.Day(c.IssuedOn)}" : null)),
            (w["reason"], Paper.Text(i.Reason)));
        return new Paper($"{title} {i.Number}", i.Seller.Name, Html.Of($"""
            <div class="parties">{Party(w["from"], i.Seller, w)}{Party(w["bill_to"], i.BillTo, w)}</div>{facts}
            <table><thead><tr><th>{w["description"]}</th><th class="n">{w["quantity"]}</th><th class="n">{w["unit_price"]}</th>
            <th class="n">{w["net"]}</th><th class="n">{w["vat"]}</th></tr></thead>
            <tbody><tr><td><bdi>{i.Description}</bdi></td><td class="n">1</td>
            <td class="n">{Paper.Money(i.NetAmount, i.Currency)}</td><td class="n">{Paper.Money(i.NetAmount, i.Currency)}</td>
            <td class="n">{Paper.Percent(i.VatRate)}</td></tr>{Sums(i, w)}</tbody></table>{InHomeCurrency(i, w)}
            """), w, brand);
    }

    private static Html Party(string heading, InvoiceParty party, PaperWords w) => Html.Of($"""
        <div><h2>{heading}</h2><p><b><bdi>{party.Name}</bdi></b>{Lines(party, w)}</p></div>
        """);

    private static Html Lines(InvoiceParty party, PaperWords w) =>
        Html.Join([Line(party.Address), Line(w["trn"], party.Trn), Line(w["orn"], party.Orn)]);

    private static Html Line(string? text) => string.IsNullOrWhiteSpace(text) ? Html.Empty : Html.Of($"<br><bdi>{text}</bdi>");

    private static Html Line(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? Html.Empty : Html.Of($"<br>{name}: <bdi>{value}</bdi>");

    private static Html Sums(InvoiceResponse i, PaperWords w) => Html.Of($"""
        <tr><td colspan="4">{w["net"]}</td><td class="n">{Paper.Money(i.NetAmount, i.Currency)}</td></tr>
        <tr><td colspan="4">{w["vat"]} {Paper.Percent(i.VatRate)}</td><td class="n">{Paper.Money(i.VatAmount, i.Currency)}</td></tr>
        <tr class="sum total"><td colspan="4">{w["total"]}</td><td class="n">{Paper.Money(i.TotalAmount, i.Currency)}</td></tr>
        """);

    private static Html InHomeCurrency(InvoiceResponse i, PaperWords w) => i is { ExchangeRate: { } rate, VatInHomeCurrency: { } vat }
        ? Html.Of($"""
            <p class="small">{w["vat_in"]} <bdi>{i.HomeCurrency}</bdi>: {Paper.Money(vat, i.HomeCurrency)} · {w["exchange_rate"]}:
            <bdi dir="ltr">1 {i.Currency} = {rate:0.######} {i.HomeCurrency}</bdi></p>
            """) : Html.Empty;
}
