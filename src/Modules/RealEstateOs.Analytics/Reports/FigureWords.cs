using System.Globalization;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Analytics.Reports;

/// <summary>What a report of figures says to a reader. Its files for programs keep the names of figures as they are.</summary>
internal sealed class FigureWords : PageWords
{
    // In English the name itself, with a capital letter and spaces.
    private static readonly (string Name, string Ar)[] Names =
    [
        ("figures", "الأرقام"), ("performance", "الأداء"), ("leads", "العملاء المحتملون"), ("deals", "الصفقات"), ("revenue", "الإيرادات"),
        ("properties", "العقارات"),
        ("listings_taken", "عقارات أُدرجت"), ("properties_sold", "عقارات بيعت"), ("deals_lost", "صفقات خُسرت"),
        ("gross_commission", "إجمالي العمولة"), ("sales_volume", "حجم المبيعات"), ("average_sale_price", "متوسط سعر البيع"),
        ("conversion_rate", "نسبة الإتمام"), ("market_share", "الحصة السوقية"),
        ("average_days_to_close", "متوسط أيام الإتمام"), ("average_days_on_market", "متوسط أيام العرض"),
        ("total_leads", "العملاء المحتملون"), ("lead_conversion_rate", "نسبة تحويل العملاء"), ("response_rate", "نسبة الرد"),
        ("average_response_minutes", "متوسط دقائق الرد"), ("total_deals", "الصفقات"), ("total_revenue", "إجمالي الإيرادات"),
        ("total_expenses", "إجمالي المصروفات"), ("net_revenue", "صافي الإيرادات"),
        ("won", "أُنجزت"), ("lost", "خُسرت"), ("volume", "القيمة"), ("change_percent", "التغير %"),
        ("previous_period", "الفترة السابقة"), ("previous_quarter", "الربع السابق"), ("previous_year", "السنة السابقة"),
        ("year_over_year", "الفترة نفسها من السنة السابقة"),
        ("property_type", "نوع العقار"), ("price_range", "فئة السعر"), ("location", "الموقع"), ("agent", "الوكيل"), ("source", "المصدر"),
        ("trend", "الاتجاه الشهري"), ("unknown", "غير معروف"), ("nobody", "لا أحد"), ("other currencies", "عملات أخرى"),
        ("under 500,000", "أقل من 500,000"), ("500,000 to 1 million", "من 500,000 إلى مليون"), ("1 to 2 million", "من مليون إلى مليونين"),
        ("2 to 5 million", "من مليونين إلى 5 ملايين"), ("5 million and more", "5 ملايين فأكثر"),
        ("single_family", "منزل"), ("multi_family", "مبنى سكني"), ("condo", "شقة تمليك"), ("townhouse", "تاون هاوس"),
        ("apartment", "شقة"), ("villa", "فيلا"), ("penthouse", "بنتهاوس"), ("studio", "استوديو"), ("duplex", "دوبلكس"),
        ("hotel_apartment", "شقة فندقية"), ("land", "أرض"), ("commercial", "عقار تجاري"), ("office", "مكتب"), ("retail", "محل"),
        ("warehouse", "مستودع"), ("industrial", "عقار صناعي"), ("mixed_use", "متعدد الاستخدامات"), ("luxury_apartment", "شقة فاخرة"),
        ("website", "الموقع الإلكتروني"), ("referral", "توصية"), ("social_media", "وسائل التواصل"), ("email", "البريد الإلكتروني"),
        ("phone", "الهاتف"), ("walk_in", "زيارة المكتب"), ("event", "فعالية"), ("advertisement", "إعلان"), ("portal", "بوابة عقارية"),
        ("landing_page", "صفحة هبوط"), ("import", "استيراد"), ("other", "أخرى"),
        ("apartments", "الشقق"), ("villas", "الفلل"), ("houses", "المنازل"), ("up", "صاعد"), ("down", "هابط"), ("stable", "مستقر"),
        ("too_few_sales", "مبيعات قليلة"),
    ];

    private static readonly (string Key, string En, string Ar)[] Sentences =
    [
        ("span", "{0} – {1}", "من {0} إلى {1}"), ("amounts", "amounts in {0}", "المبالغ بعملة {0}"),
        ("summary", "Executive summary", "الملخص التنفيذي"), ("metrics", "Performance metrics", "مؤشرات الأداء"),
        ("metric", "Metric", "المؤشر"), ("value", "Value", "القيمة"), ("change", "Change", "التغير"),
        ("against", "{0} against {1}", "{0} مقابل {1}"), ("recommendations", "Recommendations", "التوصيات"), ("notes", "Notes", "ملاحظات"),
        ("none_worse", "No figure is a tenth worse than what it was compared with.", "لا رقم أسوأ بعُشر مما قورن به."),
        ("nothing", "Nothing in the period.", "لا شيء في هذه الفترة."), ("page", "Page {0} of {1}", "صفحة {0} من {1}"),
        ("market", "Market: price trend of 12 months (registered sales, {0}, until {1})",
            "السوق: اتجاه الأسعار خلال 12 شهراً (مبيعات مسجلة، {0}، حتى {1})"),
        ("data.sample", "sample data", "بيانات تجريبية"), ("data.dld", "Dubai Land Department", "دائرة الأراضي والأملاك في دبي"),
        ("data.imported", "imported", "مستوردة"), ("trend_by_month", "Trend by month", "الاتجاه الشهري"),
        ("no_share", "Market share is left out: the registered sales that were loaded do not cover the whole period.",
            "لا تُذكر الحصة السوقية: المبيعات المسجلة المحمّلة لا تغطي الفترة كلها."),
        ("look", "Look at {0}: {1} against {2} ({3}).", "راجع {0}: {1} مقابل {2} ({3})."),
    ];

    private static readonly FigureWords English = new(false), Arabic = new(true);

    private FigureWords(bool arabic) : base(arabic, [.. Names.Select(n => (n.Name, Capitalised(n.Name), n.Ar)), .. Sentences])
    {
    }

    public static FigureWords Of(string language) => IsArabicTag(language) ? Arabic : English;

    /// <summary>A figure, a column, a comparison or a table by the name that it has for programs.</summary>
    public string Name(string name) => Or(name, Capitalised(name));

    /// <summary>The name within a sentence.</summary>
    public string Within(string name) => IsArabic ? Name(name) : name.Replace('_', ' ');

    /// <summary>What stands before a row: a month, a place, a person or a word.</summary>
    public string Label(string table, string label) => table switch
    {
        "trend" => Month(DateOnly.ParseExact(label, "yyyy-MM", CultureInfo.InvariantCulture)),
        "market" => string.Join(": ", label.Split(": ").Select(Name)),
        "agent" when label != "nobody" => label,
        "location" when label != "unknown" => PlaceNames.Name(label, IsArabic),
        _ => Name(label),
    };

    public string Number(decimal? value, string unit) => value is not { } known ? "–"
        : known.ToString(unit == "fraction" ? "0.0 %" : "#,0.##", CultureInfo.InvariantCulture);

    private static string Capitalised(string name) =>
        name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
