using System.Text.RegularExpressions;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>
/// Words that a rule looks for: each with why it matters and what to write instead. Phrases that are allowed are set aside first.
/// </summary>
internal sealed record Phrases(Regex? Allowed, IReadOnlyList<(Regex Pattern, string Message, string Remedy)> Forbidden);

internal static class Wording
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    public static readonly Phrases GuaranteedReturns = new(null,
    [
        Ban(@"\b(guarantee[ds]?|assured|risk[- ]free|fixed)\s+(\S+\s+){0,3}(returns?|yields?|roi|income|rent(al)?|appreciation|profits?)\b",
            "promises a return", "State the current rent or nothing."),
        Ban(@"\b(returns?|yields?|roi|income|rent|profits?)\s+(is |are )?(guaranteed|assured)\b", "promises a return",
            "State the current rent or nothing."),
        Ban(@"\b\d{1,2}([.,]\d+)?\s?%\s+(\w+\s+){0,2}(guaranteed|assured|fixed)\b", "promises a return",
            "State the current rent or nothing."),
        Ban(@"\b(prices?|value) (will|is guaranteed to) (rise|increase|double)\b", "promises a rising price", "Leave it out."),
        Ban(@"(عائد|عوائد|دخل|ربح|أرباح)\s+(\S+\s+){0,2}(مضمون|مضمونة)|مضمون(ة)?\s+(العائد|الدخل|الربح)", "promises a return",
            "State the current rent or nothing."),
    ]);

    public static readonly Phrases ExclusionsUae = new(null,
    [
        Ban(@"\b(europeans?|arabs?|indians?|pakistanis?|filipin[oa]s?|emiratis?|africans?|asians?|westerners?|locals)\s+only\b",
            "excludes people by origin", "Leave it out."),
        Ban(@"\bno\s+(bachelors?|families|kids|children|africans?|asians?|arabs?)\b", "excludes people", "Leave it out."),
        Ban(@"\b(muslims?|christians?|hindus?)\s+(only|preferred)\b", "excludes people by religion", "Leave it out."),
        Ban(@"(للعزاب|للعائلات|للأوروبيين|للعرب|للهنود)\s+فقط|ممنوع\s+(العزاب|الأطفال)", "excludes people", "Leave it out."),
    ]);

    private static readonly Regex AllowedInHousing = new(
        @"\bmaster\s+(bed|bath)(room)?s?\b|\bwalk(ing)?\s+(distance|to)\b|\bwalk[- ]in\b|\bfamily\s+rooms?\b|\bsingle[- ]family\b|\bmulti[- ]family\b|\bmother[- ]in[- ]law\s+(suite|apartment|unit)s?\b"
        + @"|\b(great|ocean|sea|city|mountain)?\s*views?\b|\bjogging trails?\b|\bwheelchair[- ](accessible|ramp)s?\b|\b(55|62)\s?(\+|and over|or older)|\bsenior(s)? (housing|community|living)\b|\bbachelor(ette)? (pad|apartment)\b"
        + @"|\b(white|black|brown|red)\s+(oak|walnut|marble|granite|quartz|cabinets?|countertops?|brick|trim|paint|tiles?|kitchen|picket|appliances|fence)\b|\bjunior suite\b|\bmerry christmas\b|\bhappy (easter|holidays|valentine)", Options);

    public static readonly Phrases FairHousing = new(AllowedInHousing,
    [
        Ban(@"\b(no|without)\s+(kids|children|teens|babies|infants)\b|\bchild[- ]?free\b|\bkids? (not allowed|unwelcome)\b",
            "excludes families with children", "Describe the rooms instead."),
        Ban(@"\badults?[- ]only\b|\badult\s+(building|community|complex|living)\b",
            "excludes families; a 55+ or 62+ community says so by its exemption",
            "Name the exemption (55+ or 62+ community), or leave it out."),
        Ban(@"\b(christian|catholic|jewish|muslim|hindu|mormon|protestant)\s+(family|families|home|household|community|neighbou?rhood|building|preferred|only|tenants?|buyers?)\b", "names a religion", "Leave it out; buildings may be named as landmarks of distance only with care."),
        Ban(@"\b(white|black|colou?red|caucasian|asian|hispanic|latino|african[- ]american)\s+(private\s+)?(home|residence|family|families|neighbou?rhood|community|area|tenants?|buyers?|only|preferred)\b", "names race or origin", "Describe the property, not the people."),
        Ban(@"\b(ethnic|integrated|segregated)\s+(neighbou?rhood|community|area)\b|\brestricted\s+(community|neighbou?rhood)\b",
            "names race or origin", "Describe the property, not the people."),
        Ban(@"\b(able[- ]bodied|no\s+(wheelchairs?|handicapped|disabled|service\s+animals|mental))\b|\bmust be (healthy|independent|able to live)\b", "excludes people with a disability", "Describe access: steps, ramp, elevator."),
        Ban(@"\b(males?|females?|men|women|gentlem[ae]n|ladies|lady)\s+(only|preferred)\b|\b(only|preferably)\s+(for\s+)?(males?|females?|men|women|ladies)\b", "prefers a sex", "Leave it out."),
        Ban(@"\b(no|must not be)\s+(immigrants|foreigners)\b|\b(americans?|english[- ]speaking)\s+(only|preferred)\b|\b(americans?|citizens)\s+only\b", "excludes people by origin", "Leave it out."),
    ]);

    public static readonly Phrases FairHousingCaution = new(AllowedInHousing,
    [
        Ban(@"\b(perfect|ideal|great|suitable|made)\s+for\s+(a\s+)?(young\s+)?(singles?|couples?|bachelors?|families|family|newlyweds?|professionals?|retirees?|empty[- ]nesters?|students?)\b", "says whom it suits", "Say what it has: bedrooms, yard, distance."),
        Ban(@"\b(exclusive|private)\s+(community|neighbou?rhood)\b", "may be read as excluding", "Say what is meant: gated, quiet street."),
        Ban(@"\bno\s+section\s*8\b|\bno\s+vouchers?\b", "some states forbid refusing housing vouchers",
            "Leave it out unless your state allows it."),
        Ban(@"\b(near|close to|steps from)\s+(the\s+)?(\w+\s+)?(church|synagogue|mosque|temple|parish)\b",
            "a place of worship as a landmark may be read as a preference", "Name a street, park or station."),
        Ban(@"\bsafe\s+(neighbou?rhood|area|community)\b", "a judgement on people who live there", "Describe the building's security."),
    ]);

    /// <summary>Every passage that is not allowed, once.</summary>
    public static IEnumerable<Fault> Find(IReadOnlyList<string> texts, Phrases phrases)
    {
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var rest = phrases.Allowed is { } allowed ? allowed.Replace(text, " · ") : text;
            foreach (var (pattern, message, remedy) in phrases.Forbidden)
                foreach (Match match in pattern.Matches(rest))
                    if (told.Add(match.Value.Trim()))
                        yield return new Fault($"“{match.Value.Trim()}” {message}.", remedy, match.Value.Trim());
        }
    }

    private static (Regex, string, string) Ban(string pattern, string message, string remedy) =>
        (new Regex(pattern, Options), message, remedy);
}
