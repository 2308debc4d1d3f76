using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Deals.Invoices;

/// <summary>Invoices name their property to who may see it. Who sees all of them sees also those that are gone.</summary>
internal sealed class InvoicePlaces(IPropertyReader properties, CurrentUser user)
{
    public async Task<InvoiceResponse> ShownAsync(InvoiceResponse invoice, CancellationToken ct) => (await ShownAsync([invoice], ct))[0];

    public async Task<IReadOnlyList<InvoiceResponse>> ShownAsync(IReadOnlyList<InvoiceResponse> invoices, CancellationToken ct)
    {
        if (invoices.Count == 0 || user.ReachOf("properties:read") == Reach.All) return invoices;
        var seen = await properties.SummariesAsync([.. invoices.Select(i => i.PropertyId).Distinct()], ct);
        return [.. invoices.Select(i => seen.ContainsKey(i.PropertyId) ? i : i with { PropertyAddress = null })];
    }
}
