namespace RealEstateOs.Marketing.Rendering;

/// <summary>The words of the layouts themselves, in both languages.</summary>
internal sealed record AdTexts(AdLanguage Language)
{
    private static readonly AdTexts English = new(AdLanguage.En), Arabic = new(AdLanguage.Ar);

    private static readonly Dictionary<string, (string En, string Ar)> Words = new(StringComparer.Ordinal)
    {
        ["new_listing"] = ("New listing", "عرض جديد"), ["open_house"] = ("Open house", "يوم مفتوح"),
        ["just_sold"] = ("Just sold", "تم البيع"),
        ["price_reduction"] = ("New price", "سعر جديد"), ["market_update"] = ("Market update", "مستجدات السوق"),
        ["for_sale"] = ("For sale", "للبيع"), ["for_rent"] = ("For rent", "للإيجار"),
        ["bed"] = ("Bedrooms", "غرف النوم"), ["studio"] = ("Studio", "استوديو"), ["bath"] = ("Bathrooms", "الحمامات"),
        ["area"] = ("sq ft", "قدم مربعة"), ["plot"] = ("sq ft plot", "قدم مربعة للأرض"),
        ["year"] = ("Built", "سنة البناء"), ["size"] = ("Area", "المساحة"), ["per_year"] = ("a year", "سنوياً"),
        ["per_month"] = ("a month", "شهرياً"), ["per_week"] = ("a week", "أسبوعياً"), ["per_day"] = ("a day", "يومياً"),
        ["before"] = ("Before", "السعر السابق"),
        ["view_home"] = ("Book a viewing", "احجز معاينة"), ["see_listing"] = ("See the listing", "شاهد العقار"),
        ["call"] = ("Call", "اتصل"), ["agent"] = ("Your agent", "الوسيط العقاري"),
        ["about"] = ("About this home", "عن العقار"), ["highlights"] = ("Highlights", "المزايا"), ["gallery"] = ("Photographs", "الصور"),
        ["scan"] = ("Scan to verify", "امسح للتحقق"),
        ["scan_page"] = ("Scan for photos and viewings", "امسح للصور وحجز المعاينة"), ["permit"] = ("Permit", "رقم التصريح"),
        ["orn"] = ("ORN", "رقم المكتب"), ["brn"] = ("BRN", "رقم الوسيط"),
        ["price_on_request"] = ("Price on request", "السعر عند الطلب"), ["to"] = ("To", "إلى"), ["stamp"] = ("Postage", "طابع"),
        ["form_title"] = ("Book a viewing", "احجز معاينة"), ["form_name"] = ("Your name", "الاسم"),
        ["form_email"] = ("E-mail", "البريد الإلكتروني"), ["form_phone"] = ("Phone", "الهاتف"),
        ["form_when"] = ("When would suit you?", "ما الوقت المناسب لك؟"), ["form_message"] = ("Message", "رسالة"),
        ["form_send"] = ("Send request", "إرسال الطلب"), ["optional"] = ("optional", "اختياري"),
        ["form_one_of"] = ("An e-mail address or a phone number is enough.", "يكفي البريد الإلكتروني أو رقم الهاتف."),
        ["thanks"] = ("Thank you. Your request has arrived; we will be in touch.", "شكراً لك. وصلنا طلبك وسنتواصل معك."),
        ["preview"] = ("Preview: not published yet", "معاينة: لم تُنشر بعد"),
        ["skip"] = ("Skip to content", "تخطَّ إلى المحتوى"), ["advertisement"] = ("Advertisement", "إعلان"),
        ["unsubscribe"] = ("Unsubscribe", "إلغاء الاشتراك"),
        ["photo_of"] = ("Photograph {0} of {1}", "صورة {0} من {1}"),
        ["apartment"] = ("Apartment", "شقة"), ["luxury_apartment"] = ("Luxury apartment", "شقة فاخرة"), ["villa"] = ("Villa", "فيلا"),
        ["townhouse"] = ("Townhouse", "تاون هاوس"), ["penthouse"] = ("Penthouse", "بنتهاوس"),
        ["duplex"] = ("Duplex", "دوبلكس"), ["hotel_apartment"] = ("Hotel apartment", "شقة فندقية"), ["single_family"] = ("House", "منزل"),
        ["multi_family"] = ("Multi-family house", "مبنى سكني"), ["condo"] = ("Condo", "شقة"),
        ["land"] = ("Land", "أرض"), ["commercial"] = ("Commercial", "عقار تجاري"), ["office"] = ("Office", "مكتب"),
        ["retail"] = ("Shop", "محل تجاري"), ["warehouse"] = ("Warehouse", "مستودع"), ["industrial"] = ("Industrial", "عقار صناعي"),
        ["mixed_use"] = ("Mixed use", "عقار متعدد الاستخدام"), ["home"] = ("Property", "عقار"),
        ["headline_typed"] = ("{0} in {1}", "{0} في {1}"), ["headline_beds"] = ("{0}-bedroom {1} in {2}", "{1} من {0} غرف نوم في {2}"),
        ["headline_one_bed"] = ("One-bedroom {1} in {2}", "{1} من غرفة نوم واحدة في {2}"),
        ["headline_two_beds"] = ("Two-bedroom {1} in {2}", "{1} من غرفتي نوم في {2}"),
        ["headline_studio"] = ("Studio in {0}", "استوديو في {0}"),
        ["equal_housing"] = ("Equal Housing Opportunity.", "تكافؤ فرص السكن."),
        ["no_offer"] = ("Details are believed correct and are no part of a contract.", "نعتقد أن البيانات صحيحة وهي ليست جزءاً من أي عقد."),
    };

    public static AdTexts Of(AdLanguage language) => language == AdLanguage.Ar ? Arabic : English;

    public bool IsArabic => Language == AdLanguage.Ar;

    public string Tag => IsArabic ? "ar" : "en";

    public string Direction => IsArabic ? "rtl" : "ltr";

    /// <summary>Fails on an unknown key, so that no advertisement shows one.</summary>
    public string this[string key] => IsArabic ? Words[key].Ar : Words[key].En;

    public string Say(string key, params object[] values) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, this[key], values);

    public bool Knows(string key) => Words.ContainsKey(key);
}
