using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Papers;

/// <summary>What papers say.</summary>
internal sealed class PaperWords(bool arabic) : PageWords(arabic, Words)
{
    private static readonly (string Key, string En, string Ar)[] Words =
    [
        ("tax_invoice", "Tax invoice", "فاتورة ضريبية"), ("invoice", "Invoice", "فاتورة"),
        ("tax_credit_note", "Tax credit note", "إشعار دائن ضريبي"), ("credit_note", "Credit note", "إشعار دائن"),
        ("statement", "Commission statement", "كشف عمولة"), ("number", "Number", "الرقم"), ("issued_on", "Date of issue", "تاريخ الإصدار"),
        ("supplied_on", "Date of supply", "تاريخ التوريد"), ("due_on", "Due", "تاريخ الاستحقاق"), ("from", "From", "من"),
        ("bill_to", "Bill to", "إلى"), ("trn", "TRN", "رقم التسجيل الضريبي"), ("orn", "ORN", "رقم تسجيل المكتب العقاري"),
        ("description", "Description", "الوصف"), ("quantity", "Quantity", "الكمية"), ("unit_price", "Unit price", "سعر الوحدة"),
        ("net", "Amount before VAT", "المبلغ قبل الضريبة"), ("vat", "VAT", "ضريبة القيمة المضافة"), ("total", "Total", "الإجمالي"),
        ("vat_in", "VAT in", "الضريبة بعملة"), ("exchange_rate", "Exchange rate", "سعر الصرف"),
        ("credits", "Takes back invoice", "يلغي الفاتورة"), ("reason", "Reason", "السبب"),
        ("property", "Property", "العقار"), ("deal_type", "Deal", "نوع الصفقة"), ("price", "Price", "السعر"),
        ("rent", "Yearly rent", "الإيجار السنوي"),
        ("closed_on", "Closed", "تاريخ الإتمام"),
        ("not_won", "Not closed yet: amounts as they are expected.", "لم تكتمل الصفقة بعد: المبالغ متوقعة."),
        ("gross", "Gross commission", "إجمالي العمولة"), ("co_broker", "Co-broker", "الوسيط المشارك"), ("house", "Office", "حصة المكتب"),
        ("agents", "Agents", "حصة الوكلاء"), ("agent", "Agent", "الوكيل"), ("share", "Share", "النسبة"), ("amount", "Amount", "المبلغ"),
        ("vat_note", "VAT is charged on top of the gross commission and is not shared.",
            "تُضاف ضريبة القيمة المضافة إلى إجمالي العمولة ولا توزَّع."),
        ("invoiced", "Gross commission and VAT", "العمولة مع الضريبة"),
        ("page", "Page {0} of {1}", "صفحة {0} من {1}"),
        ("type.buy", "Purchase", "شراء"), ("type.sell", "Sale", "بيع"), ("type.sale", "Sale", "بيع"), ("type.lease", "Lease", "تأجير"),
        ("type.rental", "Rental", "إيجار"), ("type.wholesale", "Wholesale", "بيع بالجملة"), ("type.flip", "Flip", "شراء وإعادة بيع"),
    ];

    private static readonly PaperWords English = new(false), Arabic = new(true);

    /// <summary>In the language asked for, else the office's; refuses what is neither English nor Arabic.</summary>
    public static PaperWords Of(string? language, string locale) => (language ?? LanguageOf(locale)) switch
    {
        "en" => English,
        "ar" => Arabic,
        _ => throw Problem.Invalid(FieldError.Format("language", "must be one of en, ar") with { In = "query" }),
    };

    public string Type(DealType type) => this["type." + Vocabulary.Word(type)];
}
