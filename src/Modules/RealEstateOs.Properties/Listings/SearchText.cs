using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Properties.Listings;

/// <summary>Full text search over a property's generated search vector.</summary>
internal static class SearchText
{
    public static Expression<Func<Property, bool>> Matches(string text)
    {
        var query = WordSearch.PrefixQuery(text);
        return query.Length == 0 ? _ => false : p => p.SearchVector.Matches(EF.Functions.ToTsQuery("simple", query));
    }
}
