using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Deals.Papers;

/// <summary>Prints a paper while its reader waits: a page or two take about a second.</summary>
internal sealed class PaperPrinter(PageRenderer renderer, PaperLogo logo)
{
    public async Task<FileContentHttpResult> PrintAsync(Paper paper, string fileName, CancellationToken ct)
    {
        var mark = await logo.FindAsync(paper.Brand.Logo, ct);
        try
        {
            return TypedResults.File(await renderer.PdfAsync(paper.Page(mark), mark is null ? [] : [mark], ct), "application/pdf",
                fileName);
        }
        catch (Exception exception) when (exception is RenderingUnavailableException or RenderingFailedException)
        {
            throw Problem.Unavailable(exception.Message);
        }
    }
}
