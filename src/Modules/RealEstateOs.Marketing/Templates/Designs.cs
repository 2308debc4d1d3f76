using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;

namespace RealEstateOs.Marketing.Templates;

/// <summary>Finds designs by their references: <c>tmpl_dubai_luxury</c> is the product's, <c>mtmpl_7</c> the organization's own.</summary>
internal sealed class Designs(MarketingDb db)
{
    public async Task<AdDesign?> FindAsync(string reference, CancellationToken ct) =>
        StarterTemplates.Find(reference)?.Design ?? (await OwnAsync(reference, ct))?.Design;

    public async Task<TemplateCategory?> CategoryAsync(string reference, CancellationToken ct) =>
        StarterTemplates.Find(reference)?.Category ?? (await OwnAsync(reference, ct))?.Category;

    /// <summary>What the design leaves out of what its market wants shown; the product's show all of it.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(string reference, CancellationToken ct) =>
        (await OwnAsync(reference, ct))?.Missing ?? [];

    private async Task<OwnTemplate?> OwnAsync(string reference, CancellationToken ct) =>
        reference.StartsWith($"{MarketingTemplateId.Prefix}_", StringComparison.Ordinal)
            && MarketingTemplateId.TryParse(reference, null, out var id)
            ? await db.Templates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) : null;
}
