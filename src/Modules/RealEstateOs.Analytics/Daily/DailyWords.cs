using System.Globalization;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Analytics.Daily;

/// <summary>What the morning mail, and that of a report, say.</summary>
internal sealed class DailyWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly string[] ArabicDays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];

    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("leads", "New leads", "عملاء محتملون جدد"),
        ("without_agent", "New leads without an agent, now", "عملاء جدد بلا وكيل حتى الآن"),
        ("activities", "Activities done", "أنشطة أُنجزت"), ("listings", "New listings", "عقارات جديدة"),
        ("deals", "New deals", "صفقات جديدة"), ("won", "Deals won", "صفقات أُنجزت"),
        ("won_elsewhere", "Of these in other currencies, in no amount", "منها بعملات أخرى لا تدخل في المبالغ"),
        ("value", "Their value in {0}", "قيمتها بعملة {0}"),
        ("without_rate", "Of these without a commission rate", "منها بلا نسبة عمولة"),
        ("commission", "Gross commission in {0}", "إجمالي العمولة بعملة {0}"), ("lost", "Deals lost", "صفقات خُسرت"),
        ("viewings", "Viewings today", "معاينات اليوم"), ("due", "Other activities due by tonight", "أنشطة أخرى مستحقة حتى الليلة"),
        ("foot",
            "You get this mail because your role may read the daily report. An administrator can take the permission reports:daily off it.",
            "تصلك هذه الرسالة لأن دورك يتيح قراءة التقرير اليومي. يمكن للمسؤول سحب الصلاحية reports:daily منه."),
        ("ready", "{0} is ready.", "التقرير {0} جاهز."), ("open", "Open the report", "فتح التقرير"),
        ("week", "The link works for a week. Stop these mails with {0}.", "يعمل الرابط أسبوعاً. لإيقاف هذه الرسائل: {0}."),
    ];

    private static readonly DailyWords English = new(false), Arabic = new(true);

    public static DailyWords Of(string language) => IsArabicTag(language) ? Arabic : English;

    /// <summary>The day with its name.</summary>
    public string Weekday(DateOnly day) => IsArabic ? $"{ArabicDays[(int)day.DayOfWeek]} {Day(day)}"
        : day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);
}
