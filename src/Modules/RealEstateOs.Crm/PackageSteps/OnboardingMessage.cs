using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Crm.PackageSteps;

internal sealed record OnboardingMessageInput : ClientInput
{
    /// <summary>welcome or services.</summary>
    public required string About { get; init; }
    /// <summary>Paragraphs in place of the product's own; greeting and signature are added.</summary>
    public string? Content { get; init; }
    /// <summary>en or ar; by default that of the content, or the office's where there is none.</summary>
    public string? Language { get; init; }
    /// <summary>A sentence about the market, set below.</summary>
    public string? Market { get; init; }
    /// <summary>What it is called among the deliverables.</summary>
    public string? Deliverable { get; init; }
}

/// <summary>What a new client is told first; nobody reads an English subject above an Arabic letter.</summary>
internal sealed class OnboardingMessage(CrmDb db, ICorrespondence correspondence, IOrganizationDirectory organizations, CurrentUser user)
    : IWorkflowStep<OnboardingMessageInput>
{
    public async Task<StepResult> RunAsync(OnboardingMessageInput input, StepContext context, CancellationToken ct)
    {
        if (input.About is not ("welcome" or "services"))
            throw Problem.Invalid(FieldError.Format("about", "must be one of welcome, services"));
        var arabic = input.Language is null && !string.IsNullOrWhiteSpace(input.Content) ? input.Content.HoldsArabic()
            : PageWords.IsArabicTag(input.Language ?? (await organizations.DefaultsAsync(ct)).Locale);
        var words = new OnboardingWords(arabic);
        return await new ClientMessage(db, correspondence, organizations, user).RunAsync(new()
        {
            ClientId = input.ClientId, Subject = words[$"{input.About}_subject"],
            Content = string.IsNullOrWhiteSpace(input.Content) ? words[input.About] : input.Content,
            Market = input.Market, Deliverable = input.Deliverable,
        }, context, ct);
    }
}

internal sealed class OnboardingWords(bool arabic) : PageWords(arabic, Texts)
{
    private static readonly (string Key, string En, string Ar)[] Texts =
    [
        ("welcome_subject", "Welcome", "أهلاً بك"),
        ("welcome", "Welcome. From now on we look after your property matters; whatever you need, answer this mail.",
            "أهلاً بك. من الآن فصاعداً نعتني بكل ما يخص عقاراتك، ومهما احتجت إليه فأجب عن هذه الرسالة."),
        ("services_subject", "What we do for you, and how the market stands", "ما نقدّمه لك، وكيف حال السوق"),
        ("services",
            "We value, advertise, show and negotiate, and we take care of the papers until the keys are handed over. "
            + "You see each step before it is taken.",
            "نقيّم ونعلن ونعرض ونفاوض، ونتولّى الأوراق حتى تسليم المفاتيح، وترى كل خطوة قبل أن نتخذها."),
        ("first_call", "First call", "المكالمة الأولى"),
    ];
}
