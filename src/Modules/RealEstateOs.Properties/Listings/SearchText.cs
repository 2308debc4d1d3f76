using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace RealEstateOs.Properties.Listings;

/// <summary>Full text search over a property's generated search vector.</summary>
internal static class SearchText
{
    public static Expression<Func<Property, bool>> Matches(string text)
    {
        var query = PrefixQuery(text);
        return query.Length == 0 ? _ => false : p => p.SearchVector.Matches(EF.Functions.ToTsQuery("simple", query));
    }

    /// <summary>Every word, as the beginning of a word: <c>mar heig</c> becomes <c>mar:* &amp; heig:*</c>.</summary>
    internal static string PrefixQuery(string text)
    {
        var letters = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]);
        return string.Join(" & ", letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(12).Select(word => word + ":*"));
    }
}
