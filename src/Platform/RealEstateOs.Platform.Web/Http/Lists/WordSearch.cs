using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>Words of a search as a query over a vector of <c>platform.search_words</c>, folded as that is.</summary>
public static partial class WordSearch
{
    private const int MostWords = 12;

    /// <summary>
    /// All words: whole ones, as <c>mar &amp; heig</c>, or the beginnings of words, as <c>mar:* &amp; heig:*</c>. Where letters and digits
    /// meet, a word may also stand apart: <c>a1204</c> finds A-1204. Empty where there is no word.
    /// </summary>
    public static string Query(string text, bool beginnings)
    {
        var letters = new string([.. Folding.Fold(text).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]);
        return string.Join(" & ", letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(Term));

        string Term(string word) => Parts().Matches(word) is { Count: > 1 } parts
            ? $"({Lexeme(word)} | ({string.Join(" & ", parts.Select(p => Lexeme(p.Value)))}))" : Lexeme(word);

        string Lexeme(string word) => beginnings ? word + ":*" : word;
    }

    /// <summary>With a <paramref name="phone"/>, a number is one word however it is spaced, and also found as it is dialled.</summary>
    public static Expression<Func<T, bool>> Matches<T>(Expression<Func<T, NpgsqlTsVector>> vector, Expression<Func<T, string?>>? phone,
        string text, bool beginnings)
    {
        var isNumber = phone is not null && text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || " +-()./".Contains(c));
        var query = Query(isNumber ? new string([.. text.Where(char.IsAsciiDigit)]) : text, beginnings);
        if (query.Length == 0) return _ => false;
        Expression<Func<NpgsqlTsVector, bool>> matches = words => words.Matches(EF.Functions.ToTsQuery("simple", query));
        var condition = new Substitute(matches.Parameters[0], vector.Body).Visit(matches.Body);
        if (isNumber && PhoneNumber.Normalise(text) is { } e164)
            condition = Expression.OrElse(condition,
                Expression.Equal(new Substitute(phone!.Parameters[0], vector.Parameters[0]).Visit(phone.Body), Predicates.Parameter(e164)));
        return Expression.Lambda<Func<T, bool>>(condition, vector.Parameters);
    }

    [GeneratedRegex("[0-9]+|[^0-9]+")]
    private static partial Regex Parts();
}
