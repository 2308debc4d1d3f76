using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Auth.Accounts;

/// <summary>What pages and mails about an account say.</summary>
internal sealed class AccountWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("hello", "Hello {0},", "مرحباً {0}،"),
        ("verify", "Confirm your e-mail address", "تأكيد عنوان بريدك الإلكتروني"),
        ("verify.lead", "Please confirm that this address is yours.", "يُرجى تأكيد أن هذا العنوان لك."),
        ("verify.button", "Confirm my address", "تأكيد العنوان"),
        ("verify.end", "If you did not ask for this, ignore this mail.", "إن لم تطلب ذلك فتجاهل هذه الرسالة."),
        ("invite", "{0} invites you to {1}", "{0} يدعوك إلى {1}"),
        ("invite.lead", "{0} has made an account for you at {1}. Choose your password to sign in.",
            "أنشأ {0} حساباً لك لدى {1}. اختر كلمة المرور لتسجيل الدخول."),
        ("invitation", "{0} invites you to {1}.", "{0} يدعوك إلى {1}."),
        ("invite.end", "If you don't know {0}, ignore this mail.", "إن كنت لا تعرف {0} فتجاهل هذه الرسالة."),
        ("reset", "Reset your password", "إعادة تعيين كلمة المرور"),
        ("reset.lead", "Somebody asked to reset the password of this account. Choose a new one here.",
            "طلب أحدهم إعادة تعيين كلمة مرور هذا الحساب. اختر كلمة جديدة هنا."),
        ("reset.end", "If that was not you, ignore this mail: your password stays as it is.",
            "إن لم تكن أنت من طلب ذلك فتجاهل هذه الرسالة، وتبقى كلمة مرورك كما هي."),
        ("password", "Choose a password", "اختيار كلمة المرور"), ("password.lead", "For the account of", "للحساب"),
        ("password.label", "New password", "كلمة المرور الجديدة"), ("password.show", "Show it", "إظهارها"),
        ("password.button", "Set password", "حفظ كلمة المرور"),
        ("password.weak", "This password lacks something of the list.", "كلمة المرور هذه لا تستوفي القائمة."),
        ("rule.length", "at least {0} characters", "{0} أحرف على الأقل"), ("rule.upper", "an upper-case letter", "حرف لاتيني كبير"),
        ("rule.lower", "a lower-case letter", "حرف لاتيني صغير"), ("rule.digit", "a digit", "رقم"),
        ("rule.special", "a special character", "رمز خاص"),
        ("welcome", "Welcome to {0}", "مرحباً بك في {0}"),
        ("welcome.lead", "Your address is confirmed, and you can sign in with it.", "تم تأكيد عنوانك، ويمكنك تسجيل الدخول به."),
        ("welcome.button", "What you can do here", "ما يمكنك فعله هنا"),
        ("welcome.calendar", "To have your day in your calendar, ask for its address with POST {0}.",
            "لإظهار مواعيدك في تقويمك اطلب عنوانه عبر POST {0}."),
        ("days", "The link works once, within {0} days.", "يعمل الرابط مرة واحدة خلال {0} أيام."),
        ("hours", "The link works once, within {0} hours.", "يعمل الرابط مرة واحدة خلال {0} ساعة."),
        ("minutes", "The link works once, within {0} minutes.", "يعمل الرابط مرة واحدة خلال {0} دقيقة."),
        ("done", "Done. You can close this page and sign in.", "تم. يمكنك إغلاق هذه الصفحة وتسجيل الدخول."),
        ("ended", "This link is no longer good: it was used, a newer one has been sent, or its time is over.",
            "لم يعد هذا الرابط صالحاً: فقد استُخدم أو أُرسل أحدث منه أو انتهت مدته."),
        ("again", "Have a new one sent", "إرسال رابط جديد"), ("again.label", "E-mail address", "البريد الإلكتروني"),
        ("again.button", "Send a new link", "أرسل رابطاً جديداً"),
        ("again.sent", "If this address has an account, a mail is on its way.", "إن كان لهذا العنوان حساب فالرسالة في الطريق."),
        ("failed", "That did not work. Please try again in a moment.", "لم ينجح ذلك. حاول مجدداً بعد قليل."),
    ];

    private static readonly AccountWords English = new(false), Arabic = new(true);

    /// <param name="language">A tag such as ar-AE; Arabic is spoken beside English.</param>
    public static AccountWords Of(string? language) => IsArabicTag(language) ? Arabic : English;

    /// <summary>How long a link is good.</summary>
    public string Within(TimeSpan time) => time.TotalHours > 48 ? Say("days", Math.Floor(time.TotalDays))
        : time.TotalHours > 1 ? Say("hours", Math.Floor(time.TotalHours)) : Say("minutes", Math.Floor(time.TotalMinutes));
}
