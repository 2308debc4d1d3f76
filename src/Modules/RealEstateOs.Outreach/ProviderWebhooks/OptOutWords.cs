using System.Globalization;
using System.Text;
using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>
/// What people write who want no more messages, or want them again. The words that the FCC names (47 CFR 64.1200(a)(10)) and carriers act
/// on (CTIA), with their Arabic counterparts, however they are spelled and whatever politeness stands around them; never as a part of a
/// sentence about something else.
/// </summary>
internal static class OptOutWords
{
    private static readonly HashSet<string> Stop = Phrases(
        "stop", "stopall", "stop all", "unsubscribe", "unsubscribe all", "unsub", "cancel", "end", "quit", "revoke", "optout", "opt out",
        "remove", "remove me", "take me off",
        "opt me out", "do not contact", "dont contact", "do not text", "dont text", "do not message", "dont message", "do not send",
        "dont send", "no more",
        "توقف", "توقفوا", "أوقف", "أوقفوا", "إيقاف", "وقف", "قف", "ستوب", "كفى", "إلغاء", "الغ", "إلغاء الاشتراك", "إلغاء اشتراكي",
        "ألغوا الاشتراك", "لا ترسل", "لا ترسلوا", "لا تراسلوني",
        "لا أريد رسائل", "احذفني", "احذفوني");

    private static readonly HashSet<string> Start = Phrases("start", "unstop", "yes", "subscribe", "resubscribe", "opt in", "optin", "ابدأ",
        "نعم", "اشتراك", "اشترك", "تفعيل");

    private static readonly HashSet<string> Around = Phrases(
        "please", "pls", "plz", "kindly", "now", "it", "this", "these", "that", "the", "my", "your", "me", "us", "you", "u", "to", "from",
        "any", "thank", "thanks", "thx", "ok", "okay", "hi", "hello",
        "number", "list", "text", "texts", "texting", "message", "messages", "messaging", "msg", "msgs", "sms", "sending", "contacting",
        "emailing", "email", "emails", "mails", "spam", "spamming",
        "من", "فضلك", "فضلكم", "لو", "سمحت", "سمحتم", "رجاء", "الرجاء", "شكرا", "الرسائل", "رسائل", "إرسال", "هذه", "لي", "عن");

    /// <summary>Does the text say nothing else than that its writer wants no more?</summary>
    public static bool IsStop(string? text)
    {
        var words = Words(text);
        for (var from = 0; from < words.Length; from++)
            for (var to = words.Length; to > from; to--)
                if (Stop.Contains(string.Join(' ', words[from..to])) && words[..from].All(Around.Contains)
                    && words[to..].All(Around.Contains)) return true;
        return false;
    }

    /// <summary>Is the text one of the words by which a no is taken back?</summary>
    public static bool IsStart(string? text) => Start.Contains(string.Join(' ', Words(text)));

    private static HashSet<string> Phrases(params string[] phrases) => [.. phrases.Select(p => string.Join(' ', Words(p)))];

    // Upper case, stretched letters' marks, hamzas and vowel signs make no other word; an apostrophe joins, every other sign parts.
    private static string[] Words(string? text)
    {
        if (text is null || text.Length > 200) return [];
        var plain = new StringBuilder();
        foreach (var c in Invisible.Remove(text).Normalize(NormalizationForm.FormKD))
        {
            if (c is '\'' or '\u2019' or '\u0640' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            plain.Append(char.IsLetter(c) ? char.ToLowerInvariant(c) switch { 'أ' or 'إ' or 'آ' or 'ٱ' => 'ا', 'ى' => 'ي', 'ة' =>
                'ه', var letter => letter } : ' ');
        }
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
