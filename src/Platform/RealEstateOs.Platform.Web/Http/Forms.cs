using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

public static class Forms
{
    /// <summary>The form that a request brings; one that is cut off, or none at all, is a 400.</summary>
    public static async Task<IFormCollection> ReadWholeFormAsync(this HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException && !DiskFull.Is(broken)))
        {
            throw Problem.Malformed("The form is cut off, or no form at all.");
        }
    }
}
