using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;
using RealEstateOs.Platform.Problems;
using Number = PhoneNumbers.PhoneNumber;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// Telephone numbers as people write and paste them, brought to E.164 by libphonenumber, so that the same number is found again: in
/// international form, or in the national form of the office's country.
/// </summary>
public static partial class PhoneNumber
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// E.164, or null where the text is not one number. <paramref name="country"/> is the office's, as an ISO 3166 code or a name.
    /// </summary>
    public static string? Normalise(string? text, string? country = null)
    {
        if (Written(text) is not { } written) return null;
        var region = Countries.CodeOf(country);
        if (written[0] == '+') return International(written);
        if (region is not null && National(written, region) is { } own) return own;
        if (written.StartsWith("00", StringComparison.Ordinal)) return Valid("+" + written[2..], null);
        // Offices of North America and those that name no country serve the Emirates, too: no American number begins with a zero.
        if (region is null or "US" or "CA" && written[0] == '0' && Valid(written, "AE") is { } emirati) return emirati;
        if (region is null && National(written, "US") is { } american) return american;
        return written.Count(char.IsDigit) >= 11 ? Valid("+" + written, null) : null;
    }

    /// <summary>The number as it was written, without what is no part of it and nobody sees; null where nothing is left.</summary>
    public static string? Clean(string? text) =>
        text is not null && Label().Replace(Invisible.Remove(text), "").Trim() is { Length: > 0 } clean ? clean : null;

    /// <summary>Could it be a number of some country? What it is, its country decides (<see cref="FaultOf"/>).</summary>
    public static bool IsPlausible(string text) =>
        Clean(text) is { } clean
            && (Normalise(clean) is not null || (PhoneNumberUtil.IsViablePhoneNumber(clean) && clean.Count(char.IsDigit) is >= 6 and <= 15
                && !clean.Any(char.IsLetter)));

    /// <summary>The text itself; a 422 where it is no number in the office's country. Blank passes.</summary>
    public static string? Required(string? text, string? country, string member = "phone") =>
        FaultOf(text, country, member) is { } fault ? throw Problem.Invalid(fault) : text;

    /// <summary>What is said of a text that is no number in the office's country; null where there is nothing to say.</summary>
    public static FieldError? FaultOf(string? text, string? country, string member = "phone") =>
        string.IsNullOrWhiteSpace(text) || Normalise(text, country) is not null ? null : FieldError.Format(
            member,
            $"is not a valid phone number{(country is null ? "" : $" of {country}")}; write one of another country with a plus and its "
                + "code, such as +971 50 123 4567");

    private static string? Written(string? text)
    {
        if (Clean(text) is not { } clean) return null;
        clean = clean.Replace('＋', '+');
        // A spreadsheet has taken the number for an amount; a trunk zero in brackets belongs to the national form only.
        if (DecimalZero().IsMatch(clean)) clean = clean[..^2];
        if (clean[0] == '+' || clean.StartsWith("00", StringComparison.Ordinal)) clean = clean.Replace("(0)", "", StringComparison.Ordinal);
        var digits = string.Concat(clean.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
        return digits.Any(char.IsDigit) ? digits : null;
    }

    // New ranges are dialled before any list knows them: with plus and country code the length of the country's lines will do.
    private static string? International(string text) =>
        Parse(text, null) is { } number && (Numbers.IsValidNumber(number) || (!text.Any(char.IsLetter) && HasLengthOfALine(number)))
            ? E164(number) : null;

    private static bool HasLengthOfALine(Number number) =>
        Numbers.IsPossibleNumberForTypeWithReason(number,
            PhoneNumberType.FIXED_LINE_OR_MOBILE) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    // American numbers of films and forms (555) have the shape, though nobody has them.
    private static string? National(string text, string region) =>
        Valid(text, region) ?? (Parse(text, region) is { CountryCode: 1 } number
            && NorthAmerican().IsMatch(number.NationalNumber.ToString(CultureInfo.InvariantCulture)) ? E164(number) : null);

    private static string? Valid(string text, string? region) =>
        Parse(text, region) is { } number && Numbers.IsValidNumber(number) ? E164(number) : null;

    private static Number? Parse(string text, string? region)
    {
        try
        {
            return Numbers.Parse(text, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string E164(Number number) => Numbers.Format(number, PhoneNumberFormat.E164);

    // What address books, lead forms and providers put before a number.
    [GeneratedRegex(@"^\s*(?:p|tel|phone|mobile|mob|whatsapp|callto|sms)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\+?\d+\.0$")]
    private static partial Regex DecimalZero();

    [GeneratedRegex("^[2-9][0-9]{9}$")]
    private static partial Regex NorthAmerican();
}
