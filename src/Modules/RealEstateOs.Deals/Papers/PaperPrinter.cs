using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Deals.Papers;

/// <summary>Prints a paper while its reader waits: a page or two take about a second.</summary>
internal sealed class PaperPrinter(PageRenderer renderer)
{
    public async Task<FileContentHttpResult> PrintAsync(Paper paper, string fileName, CancellationToken ct)
    {
        try
        {
            return TypedResults.File(await renderer.PdfAsync(paper.Page(), ct, paper.Footer()), "application/pdf", fileName);
        }
        catch (RenderingUnavailableException exception)
        {
            throw Problem.Unavailable(exception.Message);
        }
    }
}
