using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Operations.Notices;

/// <summary>What the mails about others' doings say.</summary>
internal sealed class NoticeWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("heading", "What is new for you", "ما الجديد لديك"),
        ("hello", "Hello {0},", "مرحباً {0}،"), ("leads", "New leads", "عملاء محتملون جدد"),
        ("deals", "Deals that moved", "صفقات تغيّرت مرحلتها"), ("count", "{0} ({1})", "{0} ({1})"),
        ("lead", "{0}, score {1}, {2}", "{0}، التقييم {1}، {2}"), ("and", ", ", "، "),
        ("deal", "Deal {0}", "الصفقة {0}"), ("moved", "{0}: {1} to {2}", "{0}: من {1} إلى {2}"),
        ("more", "and {0} more", "و{0} غيرها"),
        ("foot", "You get this mail because a colleague or a rule gave or changed what is assigned to you.",
            "تصلك هذه الرسالة لأن زميلاً أو قاعدة أسند إليك ما ورد فيها أو غيّره."),
        ("source.website", "website", "الموقع الإلكتروني"), ("source.referral", "referral", "توصية"),
        ("source.social_media", "social media", "وسائل التواصل"), ("source.email", "email", "البريد الإلكتروني"),
        ("source.phone", "phone", "الهاتف"), ("source.walk_in", "walk in", "زيارة المكتب"), ("source.event", "event", "فعالية"),
        ("source.advertisement", "advertisement", "إعلان"), ("source.portal", "portal", "بوابة عقارية"),
        ("source.landing_page", "landing page", "صفحة هبوط"), ("source.import", "import", "استيراد"), ("source.other", "other", "أخرى"),
        ("stage.lead", "lead", "عميل محتمل"), ("stage.qualified", "qualified", "مؤهل"), ("stage.proposal", "proposal", "عرض"),
        ("stage.negotiation", "negotiation", "تفاوض"), ("stage.contract", "contract", "عقد"), ("stage.inspection", "inspection", "معاينة"),
        ("stage.financing", "financing", "تمويل"), ("stage.closing", "closing", "إتمام"),
        ("stage.closed_won", "closed won", "أُنجزت"), ("stage.closed_lost", "closed lost", "خُسرت"),
    ];

    private static readonly NoticeWords English = new(false), Arabic = new(true);

    public static NoticeWords Of(string language) => IsArabicTag(language) ? Arabic : English;

    public string Source(LeadSource source) => this["source." + Vocabulary.Word(source)];

    public string Stage(DealStage stage) => this["stage." + Vocabulary.Word(stage)];
}
