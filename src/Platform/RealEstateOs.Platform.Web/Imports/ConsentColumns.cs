using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Imports;

/// <summary>
/// What files say of consent, in columns of a yes ("Email Consent") and of a no ("Email Opt Out", "Do not contact"), as <c>consent</c>. A
/// no always wins; an empty or negative opt-out says nothing. A heading that nobody knows but that sounds like a no is one.
/// </summary>
public static partial class ConsentColumns
{
    /// <summary>Of the addresses that are suppressed because of it.</summary>
    public const string Note = "Said in a file that was imported";

    private const string ConsentMember = "consent", Everything = "*", Calls = "phone";

    private static readonly (string Member, string Channel, bool IsNo, string[] Headings)[] Columns =
    [
        ("email_opt_out", "email", true, ["opted_out_of_email", "has_opted_out_of_email", "unsubscribed", "unsubscribed_from_email",
            "email_unsubscribed", "unsubscribe", "unsubscribed_at", "opt_out", "opted_out", "do_not_email", "no_email",
            "unsubscribed_from_all_email", "unsub_time", "donotemail", "donotbulkemail"]),
        ("sms_opt_out", "sms", true, ["opted_out_of_sms", "text_opt_out", "do_not_text", "do_not_sms", "no_sms", "sms_unsubscribed"]),
        ("do_not_call", "phone", true, ["dnc", "do_not_phone", "no_calls", "has_opted_out_of_call", "on_dnc_list"]),
        ("do_not_contact", Everything, true, ["no_contact", "do_not_disturb", "do_not_market", "no_marketing", "blocked", "blacklisted"]),
        ("email_consent", "email", false, ["email_opt_in", "opted_in_to_email", "subscribed", "newsletter", "email_permission",
            "accepts_email", "accepts_email_marketing", "subscribed_to_email"]),
        ("sms_consent", "sms", false, ["sms_opt_in", "text_opt_in", "accepts_sms", "accepts_sms_marketing", "whatsapp_opt_in"]),
        ("marketing_consent", "marketing", false, ["marketing_opt_in", "accepts_marketing", "gdpr_consent", "opt_in", "permission"]),
    ];

    private static readonly Func<string, string?> Words = ImportWords.Of(
        "yes: true, yes, y, 1, on, x, checked, ja, نعم", "no: false, no, n, 0, off, none, never, unchecked, nein, لا",
        "in: subscribed, opted in, opt in, granted, given, agreed, accepted, consented",
        "out: unsubscribed, opted out, opt out, refused, declined, denied, revoked, withdrawn");

    /// <summary>Of records that keep the consent themselves.</summary>
    public static IEnumerable<ImportMember> Members => Columns.Select(c => Member(c.Member, c.Headings));

    /// <summary>
    /// Of records that keep none: their addresses are suppressed (<see cref="Refused"/>). A no to calls stays in the metadata.
    /// </summary>
    public static IEnumerable<ImportMember> OfMessages =>
        Columns.Where(c => c.Channel != Calls).Select(c => Member(c.Member, c.Headings)).Append(Member(ConsentMember, []));

    /// <summary>The same of records that are no people: only what can be nothing else.</summary>
    public static IEnumerable<ImportMember> OfOwners => Columns.Where(c => c.IsNo && c.Channel != Calls).Select(c => Member(c.Member, []));

    private static ImportMember Member(string name, string[] headings) =>
        new(name, CellKind.Text, headings) { TakesAll = true, Recognises = heading => NoOf(heading) == name };

    private static string? NoOf(string heading)
    {
        if (!Refusing().IsMatch(heading)) return null;
        return heading.Contains("mail", StringComparison.Ordinal) ? "email_opt_out"
            : Texting().IsMatch(heading) ? "sms_opt_out" : Calling().IsMatch(heading) ? "do_not_call" : "do_not_contact";
    }

    /// <summary>By which channels the row refuses messages.</summary>
    public static IReadOnlyList<MessageChannel> Refused(JsonElement row, List<FieldError> errors)
    {
        JsonElement? consent = Read(row, errors).TryGetProperty(ConsentMember, out var said) ? said : null;
        if (consent is { ValueKind: JsonValueKind.Array or JsonValueKind.String or JsonValueKind.Number })
            errors.Add(FieldError.Format(ConsentMember, "must be yes or no"));
        return consent.Refused();
    }

    /// <summary>The row with its consent in the API's form; what is not understood is a fault of the row, not a yes.</summary>
    public static JsonElement Read(JsonElement row, List<FieldError> errors)
    {
        var answers = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (member, channel, isNo, _) in Columns)
        {
            if (!row.TryGetProperty(member, out var said)) continue;
            foreach (var cell in said.ValueKind == JsonValueKind.Array ? [.. said.EnumerateArray()] : new[] { said })
            {
                var answer = Answer(cell, isNo);
                if (answer is null) errors.Add(FieldError.Format(member, "must be yes or no"));
                else if (!isNo || answer.Value) Say(answers, channel, !isNo && answer.Value);
            }
        }
        var whole = row.TryGetProperty(ConsentMember, out var consented) ? consented : (JsonElement?)null;
        if (whole is { ValueKind: JsonValueKind.Array } single && single.GetArrayLength() == 1) whole = single[0];
        if (whole is { ValueKind: JsonValueKind.String or JsonValueKind.Number } text && Answer(text, isNo: false) is { } understood)
            whole = JsonSerializer.SerializeToElement(understood);
        if (answers.Count == 0 && whole is null) return row;
        if (answers.Count == 0 && whole is { } asItStands) return With(row, JsonNode.Parse(asItStands.GetRawText()));
        return Together(whole, answers) is { } consent ? With(row, consent) : row;
    }

    private static void Say(Dictionary<string, bool> answers, string channel, bool yes) =>
        answers[channel] = yes && answers.GetValueOrDefault(channel, true);

    // Null: the consent itself is not understood, and its own rule says so.
    private static JsonNode? Together(JsonElement? whole, Dictionary<string, bool> answers)
    {
        if (whole is { ValueKind: JsonValueKind.False } || !answers.GetValueOrDefault(Everything, true)) return JsonValue.Create(false);
        if (whole is not (null or { ValueKind: JsonValueKind.True or JsonValueKind.Object })) return null;
        var consent = whole is { ValueKind: JsonValueKind.Object } byChannel ? JsonObject.Create(byChannel)!
            : whole is null ? new JsonObject() : new JsonObject { ["email"] = true, ["sms"] = true, ["phone"] = true };
        foreach (var (channel, yes) in answers)
            if (!yes || consent[channel] is null) consent[channel] = yes;
        return consent;
    }

    private static bool? Answer(JsonElement cell, bool isNo)
    {
        if (cell.ValueKind is JsonValueKind.True or JsonValueKind.False) return cell.GetBoolean();
        var text = cell.ToString().Trim();
        return Words(text) switch
        {
            "yes" => true,
            "no" => false,
            "in" => !isNo,
            "out" => isNo,
            _ => isNo && Day().IsMatch(text) ? true : null, // the day on which they opted out
        };
    }

    private static JsonElement With(JsonElement row, JsonNode? consent)
    {
        var members = JsonNode.Parse(row.GetRawText())!.AsObject();
        members[ConsentMember] = consent;
        return JsonSerializer.SerializeToElement(members, Json.Options);
    }

    [GeneratedRegex("unsubscri|opt(?:ed)?out|donot(?:contact|e?mail|call|phone|text|sms|message|disturb|market|bulk)|nomarketing|nocontact")]
    private static partial Regex Refusing();

    [GeneratedRegex("sms|text|whatsapp")]
    private static partial Regex Texting();

    [GeneratedRegex("call|phone")]
    private static partial Regex Calling();

    [GeneratedRegex(@"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")]
    private static partial Regex Day();
}
