using RealEstateOs.DevServices;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>
/// Questions as people ask them, over papers of an office and pages of this product's documentation; also asked by bench/Assistant.
/// </summary>
internal static class Questions
{
    private static readonly string[] Pages = ["accounts", "deals", "leads", "marketing", "outreach", "webhooks", "workflows"];

    public static readonly (string Question, string Title, string Says)[] All =
    [
        ("How much is the rent of flat 1204 and how is it paid?", "tenancy-agreement.md", "four cheques"),
        ("When does Leila Haddad get her deposit back?", "tenancy-agreement.md", "within 14 days"),
        ("Is a dog allowed in the flat?", "tenancy-agreement.md", "small dog"),
        ("Who pays when the air conditioning breaks?", "tenancy-agreement.md", "air conditioning"),
        ("Can the tenant sublet the flat?", "tenancy-agreement.md", "may not be sublet"),
        ("What does it cost to leave before the contract is over?", "tenancy-agreement.md", "two months' rent"),
        ("What happens when a cheque bounces?", "tenancy-agreement.md", "AED 750"),
        ("Until when may we swim?", "house-rules.md", "22:00"),
        ("Where do guests leave their car?", "house-rules.md", "level B1"),
        ("Which days can I move my furniture in?", "house-rules.md", "Sunday to Thursday"),
        ("What are the quiet hours?", "house-rules.md", "23:00 to 7:00"),
        ("How do I get rid of an old sofa?", "house-rules.md", "first Monday"),
        ("Can we grill on the balcony?", "house-rules.md", "prohibited on balconies"),
        ("What commission does a buyer pay?", "commission-policy.md", "2 % of the price"),
        ("When do agents get their commission?", "commission-policy.md", "10th of the month"),
        ("Two agents claim the same client, who wins?", "commission-policy.md", "earlier signed viewing form"),
        ("What is the service charge of Creek Gate Tower 2?", "service-charges.csv", "14.75"),
        ("Who is the developer of Palm Views East?", "service-charges.csv", "Nakheel"),
        ("How much of their own money does a first-time buyer need?", "mortgage-notes.md", "at least 20 %"),
        ("How long is a mortgage pre-approval valid?", "mortgage-notes.md", "good for 60 days"),
        ("Up to what age can somebody pay off a loan?", "mortgage-notes.md", "turns 65"),
        ("Somebody lost the key of a home, what now?", "viewing-guide.txt", "lock is changed"),
        ("How soon after a viewing do we call the visitors?", "viewing-guide.txt", "within 24 hours"),
        ("متى يعاد مبلغ التأمين؟", "دليل-المستأجر.txt", "أربعة عشر"),
        ("كم رسوم تسجيل العقد؟", "دليل-المستأجر.txt", "مئتان وعشرون"),
        ("من يدفع تكاليف الصيانة البسيطة؟", "دليل-المستأجر.txt", "فعلى المستأجر"),
        ("How is the signature of a webhook checked?", "webhooks.md", "HMAC-SHA256"),
        ("What makes up the score of a lead?", "leads.md", "completeness 15"),
        ("For how long is an account locked after failed sign-ins?", "accounts.md", "15 minutes"),
        ("What do I need before an advertisement may be published in Dubai?", "marketing.md", "permit number"),
    ];

    public static readonly string[] Unanswered =
    [
        "Who won the chess championship in Oslo?", "What is the boiling point of mercury?",
        "Which restaurants near the office serve sushi?",
        "How do I repair a bicycle tyre?", "When was the Eiffel Tower painted last?", "ما هي عاصمة اليابان؟",
    ];

    /// <summary>The papers and pages.</summary>
    public static IReadOnlyList<string> Files()
    {
        var folder = PrivateServiceOptions.RepositoryFolder()!;
        return [.. Directory.GetFiles(Path.Combine(folder, "tests", "RealEstateOs.ApiTests", "Assistant", "Samples")),
            .. Pages.Select(page => Path.Combine(folder, "docs", page + ".md"))];
    }
}
