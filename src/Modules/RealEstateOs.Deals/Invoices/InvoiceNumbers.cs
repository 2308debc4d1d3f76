using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Invoices;

/// <summary>
/// Numbers without a gap, a series for invoices and one for credit notes. The counter's row is locked until the commit, so that whoever
/// issues at the same time waits, and a rollback gives the number back.
/// </summary>
internal static class InvoiceNumbers
{
    public static async Task<string> NextAsync(this DealsDb db, InvoiceKind kind, CancellationToken ct)
    {
        var number = (await db.Database.SqlQuery<int>(
            $"""
            insert into deals.invoice_counters as c (organization_id, kind, last)
            values ({db.CurrentOrganization.Value}, {Vocabulary.Word(kind)}, 1)
            on conflict (organization_id, kind) do update set last = c.last + 1 returning last as "Value"
            """).ToListAsync(ct))[0];
        return FormattableString.Invariant($"{(kind == InvoiceKind.Invoice ? "INV" : "CN")}-{number:000000}");
    }
}
