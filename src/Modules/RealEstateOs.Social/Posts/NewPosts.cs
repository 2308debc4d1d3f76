using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Writing;

namespace RealEstateOs.Social.Posts;

/// <summary>What posts of one request have in common.</summary>
internal sealed record PostBrief
{
    public AdvertFacts? Facts { get; init; }
    public required OrganizationDefaults Office { get; init; }
    public ContentStyle Style { get; init; } = ContentStyle.Professional;
    public string Language { get; init; } = "en";
    public bool TellsDetails { get; init; } = true;
    public string? CallToAction { get; init; }
    public string? Message { get; init; }
    public (DateTimeOffset Starts, DateTimeOffset? Ends)? Event { get; init; }
    public HashtagWish Hashtags { get; init; } = HashtagWish.Automatic;
    public int? MaxHashtags { get; init; }
    public string? Audience { get; init; }
    public bool? WithLink { get; init; }
    public string? LinkTarget { get; init; }
    public ulong Seed { get; init; }
    public IReadOnlyList<PostPicture> Pictures { get; init; } = [];

    /// <summary>The campaign that holds posts about one thing together where nobody named one.</summary>
    public SocialCampaign NewCampaign(PropertyId? property, PostType type, IEnumerable<SocialPlatform> platforms) => new()
    {
        Name = $"{Slots.Capital(Vocabulary.Word(type).Replace('_', ' '))}: "
            + (Facts?.Listing.Building ?? Facts?.Listing.Community ?? Office.Name),
        PropertyId = property, Platforms = [.. platforms.Select(Vocabulary.Word)], PostTypes = [Vocabulary.Word(type)],
        TimeZone = Office.TimeZone, Style = Style, Language = Language, TargetAudience = Audience, Currency = Office.Currency,
        Seed = (long)Seed,
    };
}

/// <summary>Makes posts out of briefs; nothing here asks the database.</summary>
internal sealed class NewPosts(PublicAddress address)
{
    public Post Make(PostBrief brief, SocialPlatform platform, PostType type, int turn, int pictureTurn = 0)
    {
        var token = Secrets.NewToken()[..16];
        var target = brief.LinkTarget ?? (brief.Facts?.LandingPath is { } path ? address.Of(path) : null);
        var linked = target is not null && (brief.WithLink ?? platform is SocialPlatform.Facebook or SocialPlatform.Linkedin);
        var hashtags = brief.Hashtags.For(platform, Topic(brief, type), brief.MaxHashtags, turn);
        var order = new PostOrder(platform, type, brief.Style, brief.Language == "ar")
        {
            Facts = brief.Facts, Office = brief.Office.Name, TellsDetails = brief.TellsDetails, CallToAction = brief.CallToAction,
            Message = brief.Message, Event = brief.Event,
            Link = linked ? address.Of(TrackedLink.PathOf(token)) : null, Hashtags = hashtags,
            Seed = SeedOf.Text(Vocabulary.Word(platform), brief.Seed), Turn = turn,
        };
        var most = NetworkLimits.Of(platform).MostPictures;
        var pictures = brief.Pictures.Count == 0 ? []
            : Enumerable.Range(0, Math.Min(most, type == PostType.HeroImage ? 1 : brief.Pictures.Count))
                .Select(i => brief.Pictures[(pictureTurn + i) % brief.Pictures.Count]).ToArray();
        return new Post
        {
            PropertyId = brief.Facts?.Listing.Id, Platform = platform, PostType = type, Style = brief.Style, Language = brief.Language,
            Content = PostWriter.Write(order, TimeZoneInfo.FindSystemTimeZoneById(brief.Office.TimeZone)), Hashtags = [.. hashtags],
            PictureList = pictures, TimeZone = brief.Office.TimeZone,
            Price = brief.Facts?.Listing.Price, LinkToken = token, LinkTarget = target, Seed = (long)order.Seed, Turn = turn,
        };
    }

    // Nobody dreams of a warehouse, or invests in what is to let.
    private static bool SuitsStyle(ContentStyle style, AdvertFacts facts) => style switch
    {
        ContentStyle.Friendly => PostFacts.IsHome(facts.Listing.PropertyType), ContentStyle.Investment => !facts.IsRent, _ => true,
    };

    // Tags of these occasions speak of houses; a home that was let is not sold.
    private static bool SuitsOccasion(PostType type, AdvertFacts facts) => type switch
    {
        PostType.Lifestyle or PostType.OpenHouse or PostType.HeroImage or PostType.DetailShots =>
            PostFacts.IsHome(facts.Listing.PropertyType),
        PostType.JustSold => !facts.IsRent, _ => true,
    };

    public static HashtagTopic Topic(PostBrief brief, PostType type)
    {
        var arabic = brief.Language == "ar";
        if (brief.Facts is not { Listing: var listing } facts)
            return new HashtagTopic(brief.Office.Currency == "AED", arabic) { Occasion = type, Style = brief.Style,
                Audience = brief.Audience };
        var known = listing.Community is { } area && HashtagVocabulary.Knows(area, arabic);
        return new HashtagTopic(facts.IsDubai, arabic)
        {
            Places = [.. new[] { listing.Community, arabic && !known ? facts.Arabic.Community : null, listing.City,
                listing.State }.OfType<string>().Where(p => p.Length > 0)],
            PropertyType = listing.PropertyType is { } kind ? Vocabulary.Word(kind) : null, Audience = brief.Audience,
            Style = SuitsStyle(brief.Style, facts) ? brief.Style : null, Occasion = SuitsOccasion(type, facts) ? type : null,
            IsRent = type is PostType.JustSold or PostType.MarketUpdate or PostType.Testimonial ? null : facts.IsRent,
        };
    }
}

/// <summary>The property's pictures as a post may show them.</summary>
internal sealed class PostPictures(FileLinks links)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly (string Amenity, string Shot)[] Shots =
    [
        ("pool", "swimming_pool"), ("balcony", "view_from_balcony"), ("terrace", "terrace"), ("view", "view"), ("gym", "gym"),
        ("garden", "garden"), ("beach", "beach"), ("parking", "parking"),
    ];

    /// <summary>At most so many; the property's photographs first.</summary>
    public IReadOnlyList<PostPicture> Of(AdvertFacts? facts, IEnumerable<MarketingGraphic> graphics) =>
    [
        .. (facts?.Listing.Pictures ?? []).Select(p => new PostPicture(p.FileKey, p.Url, p.Title, "photo")),
        .. graphics.Where(g => g.Format == "post").Select(g => new PostPicture(g.FileKey, null, null, "graphic")),
    ];

    /// <summary>Links to the pictures; where there are fewer than three, the ones that are worth taking.</summary>
    public IReadOnlyList<string> Suggest(IReadOnlyList<PostPicture> pictures, AdvertFacts? facts)
    {
        var found = pictures.Take(10).Select(LinkOf).ToList();
        if (found.Count >= 3) return found;
        var features = facts?.English.Highlights ?? [];
        string[] wanted = facts is null ? ["team_photo", "office_front"] :
            ["hero_shot", .. Shots.Where(s => features.Any(f => f.Contains(s.Amenity, StringComparison.OrdinalIgnoreCase)))
                .Select(s => s.Shot), "living_room", "kitchen"];
        return [.. found.Concat(wanted).Take(5)];
    }

    public string LinkOf(PostPicture picture) =>
        picture.FileKey is { } key ? links.Make(FileKey.Parse(key), "photo" + Path.GetExtension(key), TypeOf(key), Lifetime) : picture.Url!;

    private static string TypeOf(string key) =>
        Path.GetExtension(key) switch { ".png" => "image/png", ".webp" => "image/webp", _ => "image/jpeg" };
}

/// <summary>The address that a post's link has, so that it can be told who came by it.</summary>
internal static class TrackedLink
{
    public const string Route = "/s/{token}";

    public static string PathOf(string token) => $"/s/{token}";
}
