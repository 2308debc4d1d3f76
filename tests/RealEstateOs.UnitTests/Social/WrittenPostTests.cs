using System.Globalization;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Posts;
using RealEstateOs.Social.Writing;
using RealEstateOs.Social;

namespace RealEstateOs.UnitTests.Social;

/// <summary>Some thousand posts, about homes of which much or little is known, held against their facts.</summary>
public sealed partial class WrittenPostTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    /// <summary>Words that name an amenity or a quality; whoever writes one has it from the property.</summary>
    private static readonly string[] Claims =
    [
        "pool", "gym", "balcony", "terrace", "view", "garden", "parking", "garage", "beach", "spa", "jacuzzi", "concierge", "elevator",
        "fireplace", "study", "maid", "hardwood", "smart home", "sea", "marina view",
        "furnished", "new build", "quiet", "spacious", "sunny", "renovated", "stunning", "breathtaking", "best", "cheapest", "guaranteed",
        "families", "couples",
        "مسبح", "شرفة", "صالة رياضية", "موقف", "إطلالة", "تراس", "حديقة", "شاطئ", "جاكوزي", "خادمة", "مفروش", "هادئ", "مضمون", "للعائلات",
    ];

    public static TheoryData<SocialPlatform, string> Kinds =>
        [.. from p in Enum.GetValues<SocialPlatform>() from l in new[] { "en", "ar" } select (p, l)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_post_is_within_its_networks_limits(SocialPlatform platform, string language)
    {
        foreach (var (order, text) in Written(platform, language)) Assert.True(!NetworkLimits.FaultsOf(platform, text).Any(),
            $"{order.Type} {order.Style}: {string.Join("; ", NetworkLimits.FaultsOf(platform, text))}\n{text}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_post_tells_no_number_that_the_property_does_not_have(SocialPlatform platform, string language)
    {
        foreach (var (order, text) in Written(platform, language))
            foreach (var number in Numbers().Matches(WithoutTagsAndLinks(text)).Select(m => m.Value.TrimEnd('.', ',')))
                Assert.True(Known(order.Facts!).Contains(number), $"{number} is not of the property:\n{text}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_post_claims_no_amenity_or_quality_that_the_property_does_not_have(SocialPlatform platform, string language)
    {
        foreach (var (order, text) in Written(platform, language))
        {
            var facts = order.Facts!;
            var said = string.Join(' ', [.. facts.English.Highlights, .. facts.Arabic.Highlights, facts.English.Community,
                facts.English.Building, facts.Arabic.Community, facts.Arabic.Building]);
            foreach (var claim in Claims.Where(c => !said.Contains(c, StringComparison.OrdinalIgnoreCase)))
                Assert.False(Regex.IsMatch(WithoutTagsAndLinks(text), $@"(?<!\w){claim}s?(?!\w)", RegexOptions.IgnoreCase),
                    $"claims {claim}:\n{text}");
        }
    }

    [Fact]
    public void A_text_of_a_model_is_held_against_numbers_words_and_promises_of_the_facts()
    {
        const string facts = "home: 2-bedroom apartment\nprice: AED 2,450,000\nfeatures: swimming pool and balcony";
        Assert.Empty(FactCheck.ObjectionsTo("Two bedrooms with pools and a balcony, at AED 2,450,000.", facts));
        Assert.Empty(FactCheck.ObjectionsTo("السعر ٢٬٤٥٠٬٠٠٠ درهم.", facts));
        foreach (var (text, told) in new[]
        {
            ("Three bedrooms.", "3"), ("Only 2,400,000!", "2400000"), ("A spacious home.", "spacious"), ("With gyms.", "gym"),
            ("Near the metro.", "metro"), ("Guaranteed.", "guaranteed"), ("Ask @ada.", "mention"), ("شقة فاخرة.", "فاخرة"),
            ("الشقة بالقرب من المترو.", "مترو"), ("See www.example.com.", "link"),
        })
            Assert.Contains(FactCheck.ObjectionsTo(text, facts), o => o.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_post_says_nothing_twice_and_leaves_no_slot_open(SocialPlatform platform, string language)
    {
        foreach (var (_, text) in Written(platform, language))
        {
            Assert.DoesNotMatch(@"[{}]|  |\.\.|\s[.,،]|^[a-z]", text);
            var sentences = Sentences().Split(WithoutTagsAndLinks(text)).Select(s => s.Trim()).Where(s => s.Length > 12).ToArray();
            Assert.True(sentences.Length == sentences.Distinct(StringComparer.OrdinalIgnoreCase).Count(), $"says something twice:\n{text}");
            Assert.DoesNotMatch(@"(?i)\ba ([aeio]|8|11-|18-)|\ban ([^aeio81]|1[^18])", text);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_a_row_of_posts_none_begins_like_the_one_before(SocialPlatform platform, string language)
    {
        foreach (var type in Enum.GetValues<PostType>())
        {
            var openings = Enumerable.Range(0, 12).Select(
                turn => Opening(Write(platform, language, SampleHomes.All[0], type, ContentStyle.Professional, turn).Text)).ToArray();
            Assert.All(openings.Zip(openings.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
            Assert.True(openings.Distinct().Count() >= 3, $"{type}: {string.Join(" | ", openings.Distinct())}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_post_speaks_of_a_plot_as_of_no_house_and_of_a_tenancy_as_of_no_sale(SocialPlatform platform, string language)
    {
        foreach (var (order, text) in Written(platform, language))
        {
            if (!PostFacts.IsHome(order.Facts!.Listing.PropertyType))
                Assert.DoesNotMatch("(?i)open ?house|#(dream|house|home|interior)|to live in|fill with life|your guests|للسكن|لضيوفكم", text);
            if (order.Facts.IsRent) Assert.DoesNotMatch("(?i)#(justsold|sold)\\b|investor|portfolio|invest|تم_البيع|استثمار|مستثمر", text);
        }
    }

    [Fact]
    public void The_same_seed_and_turn_write_the_same()
    {
        string One(int turn) => Write(SocialPlatform.Instagram, "en", SampleHomes.All[0], PostType.NewListing,
            ContentStyle.Luxury, turn).Text;
        Assert.Equal(One(3), One(3));
        Assert.NotEqual(One(3), One(4));
    }

    [Fact]
    public void An_advertisement_in_Dubai_shows_permit_and_registrations_and_one_in_the_United_States_fair_housing()
    {
        foreach (var platform in Enum.GetValues<SocialPlatform>())
        {
            var dubai = Write(platform, "en", SampleHomes.All[0], PostType.NewListing, ContentStyle.Luxury, 0).Text;
            Assert.All(new[] { "0071158760954", "12345", "48213" }, number => Assert.Contains(number, dubai, StringComparison.Ordinal));
            Assert.Contains("Equal Housing Opportunity",
                Write(platform, "en", SampleHomes.All[7], PostType.NewListing, ContentStyle.Luxury, 0).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_line_of_the_phrases_is_reached_by_some_home()
    {
        var slots = SampleHomes.All.SelectMany(
            f => new[] { true, false }.Select(
                arabic => PostFacts.Of(Order(SocialPlatform.Facebook, arabic ? "ar" : "en", f, PostType.NewListing, ContentStyle.Investment,
                    0)))).ToArray();
        foreach (var s in slots) s.Know("event", "Friday", "event");
        foreach (var (section, lines) in Phrases.English.Sections.Concat(Phrases.Arabic.Sections))
            foreach (var line in lines)
                Assert.True(slots.Any(s => Phrases.Names(line).All(s.CanSay)), $"[{section}] {line} can never be said");
    }

    [Fact]
    public void X_counts_links_as_23_emoji_as_2_and_Arabic_as_Latin()
    {
        Assert.Equal(23, TextLength.OfX("https://example.com/a-very-long-path/that/goes/on?and=on"));
        Assert.Equal(5, TextLength.OfX("دبي 1"));
        Assert.Equal(2, TextLength.OfX("👨‍👩‍👧‍👦"));
        Assert.Equal(4, TextLength.OfX("漢字"));
        Assert.Equal(1, TextLength.OfX("e\u0301"));
    }

    private static IEnumerable<(PostOrder Order, string Text)> Written(SocialPlatform platform, string language) =>
        from facts in SampleHomes.All
        where language == "en" || facts.IsDubai
        from type in Enum.GetValues<PostType>()
        from style in Enum.GetValues<ContentStyle>()
        from turn in Enumerable.Range(0, 5)
        select Write(platform, language, facts, type, style, turn);

    private static (PostOrder Order, string Text) Write(SocialPlatform platform, string language, AdvertFacts facts, PostType type,
        ContentStyle style, int turn)
    {
        var order = Order(platform, language, facts, type, style, turn);
        return (order, PostWriter.Write(order, Zone));
    }

    private static PostOrder Order(SocialPlatform platform, string language, AdvertFacts facts, PostType type, ContentStyle style, int turn)
    {
        var brief = new PostBrief { Facts = facts, Office = new Contracts.Auth.OrganizationDefaults(facts.Listing.Currency,
            facts.Listing.Country, "Asia/Dubai", "Harbour Realty"), Style = style, Language = language };
        return new PostOrder(platform, type, style, language == "ar")
        {
            Facts = facts, Office = "Harbour Realty", Seed = (ulong)facts.Listing.Id.Value, Turn = turn,
            Hashtags = HashtagWish.Automatic.For(platform, NewPosts.Topic(brief, type), null, turn),
            Link = platform == SocialPlatform.Facebook ? "https://example.com/s/abcdefgh" : null,
        };
    }

    private static HashSet<string> Known(AdvertFacts facts)
    {
        var l = facts.Listing;
        decimal?[] values = [l.Price, l.Bedrooms, l.Bathrooms, l.SquareFeet, l.LotSize,
            l is { Price: { } price, SquareFeet: { } area } ? Math.Round(price / area) : null];
        return [.. values.OfType<decimal>().Select(v => v.ToString("#,0.##", CultureInfo.InvariantCulture)), l.PermitNumber ?? "",
            facts.Orn ?? "", facts.Brn ?? ""];
    }

    private static string Opening(string text) =>
        text[..Math.Min(text.Length, text.IndexOfAny(['.', '?', '!', '؟', '\n']) is > 0 and var end ? end : text.Length)];

    private static string WithoutTagsAndLinks(string text) => Regex.Replace(text, @"#\S+|https?://\S+", "");

    [GeneratedRegex(@"\d[\d,.]*")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<=[.!?؟])\s+|\n")]
    private static partial Regex Sentences();
}
