using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Writing;

/// <summary>
/// Writes a post from the property's facts and nothing else: sentences of <see cref="Phrases"/>, chosen by seed and turn, in the form of
/// the network. What does not fit is left out sentence by sentence, the least important first; nothing is ever cut in the middle.
/// </summary>
internal static class PostWriter
{
    /// <summary>Calls to action that have sentences of their own.</summary>
    public static readonly IReadOnlyList<string> CallsToAction = ["dm_for_viewing", "book_viewing", "call_now", "learn_more",
        "contact_agent", "register_interest", "visit_website"];

    private static readonly PostType[] WithoutHome = [PostType.MarketUpdate, PostType.Testimonial];

    public static string Write(PostOrder order, TimeZoneInfo zone)
    {
        var (phrases, slots) = (order.Arabic ? Phrases.Arabic : Phrases.English, PostFacts.Of(order));
        if (order.Event is { } opens) slots.Know("event", PostFacts.When(opens, zone, order.Arabic), "event");
        // Nobody buys what is to let.
        var style = Vocabulary.Word(
            order is { Style: ContentStyle.Investment, Facts.IsRent: true } ? ContentStyle.Professional : order.Style);
        var pieces = new List<Piece>();
        var hook = order.Message?.Trim() is { Length: > 0 } message ? Quoted(order, message)
            : Say("hook." + HookOf(order)) ?? Say("hook.custom");
        if (hook is not null) pieces.Add(new(Mark(order) + hook, 0, Part.Hook));
        if (order.Facts is not null) Describe();
        if (CallOf(order) is { } call)
            pieces.Add(new(call.Contains(' ', StringComparison.Ordinal) ? call : Say("cta." + call) ?? "", 3, Part.Call));
        return Fit(order.Platform, [.. pieces, .. Frame(order)]);

        string? Say(string section, ContentStyle? instead = null) =>
            phrases.Say(section, instead is { } other ? Vocabulary.Word(other) : style, slots, order.Seed, order.Turn);

        void Describe()
        {
            var rent = order.Facts!.IsRent;
            var body = order.Type switch
            {
                PostType.JustSold => Say(rent ? "body.just_let" : "body.just_sold"),
                PostType.MarketUpdate or PostType.Neighborhood => Say("body." + Vocabulary.Word(order.Type)),
                _ => null,
            };
            if (body is not null) pieces.Add(new(body, 2, Part.Body));
            if (WithoutHome.Contains(order.Type)) return;
            if (order.Message is null && Say("intro") is { } intro) pieces.Add(new(intro, 1, Part.Intro));
            if (order.Type == PostType.JustSold || !order.TellsDetails) return;
            if (LikesLists(order)) pieces.Add(new(FactList.Of(order, slots), 5, Part.List));
            else if (Say("body", LivesThere(order) ? null : ContentStyle.Professional) is { } sentence)
                pieces.Add(new(sentence, 6, Part.Body));
            if (Say(PostFacts.HasOneHighlight(order) ? "features_one" : "features") is { } features)
                pieces.Add(new(features, 5, Part.Features));
            if (order.Style == ContentStyle.Minimal && slots.Take("price") is { } bare) pieces.Add(new(bare + ".", 1, Part.Price));
            else if (Say(rent ? "price.rent" : "price.sale") is { } price) pieces.Add(new(price, 1, Part.Price));
        }
    }

    /// <summary>The same with somebody else's words: what a post has to have, set around them.</summary>
    public static string Around(PostOrder order, string prose) => Fit(order.Platform, [new(prose, 0, Part.Hook), .. Frame(order)]);

    private static IEnumerable<Piece> Frame(PostOrder order)
    {
        if (order.Link is { } link) yield return new(link, 0, Part.Link);
        if (Legal(order) is { } legal) yield return new(legal, 0, Part.Legal);
        if (order.Hashtags.Count > 0) yield return new(string.Join(' ', order.Hashtags), 4, Part.Tags);
    }

    /// <summary>Whatever the network counts as one text, or as a link, stays whole.</summary>
    private static string Fit(SocialPlatform platform, List<Piece> pieces)
    {
        pieces.RemoveAll(p => p.Text.Length == 0);
        var most = NetworkLimits.Of(platform).Text;
        for (var text = Layout.Of(platform, pieces); ; text = Layout.Of(platform, pieces))
        {
            if (NetworkLimits.LengthOf(platform, text) <= most || pieces.All(p => p.Rank == 0)) return text;
            pieces.Remove(pieces.MaxBy(p => p.Rank)!);
        }
    }

    private static string HookOf(PostOrder order) => order.Type switch
    {
        PostType.JustSold when order.Facts?.IsRent == true => "just_let",
        PostType.OpenHouse when order.Event is not null => "open_house_at",
        PostType.Lifestyle when order.Facts is { } facts && !PostFacts.IsHome(facts.Listing.PropertyType) => "hero_image",
        PostType.DetailShots when order.Facts?.Listing.PropertyType == PropertyType.Land => "hero_image",
        var type => Vocabulary.Word(type),
    };

    private static string Quoted(PostOrder order, string message) =>
        order.Type == PostType.Testimonial ? order.Arabic ? $"«{message}»" : $"“{message}”" : message;

    private static string? CallOf(PostOrder order) => order.CallToAction?.Trim() is { Length: > 0 } asked ? asked : order.Type switch
    {
        PostType.JustSold => order.Facts?.IsRent == true ? null : "sell",
        PostType.MarketUpdate => "ask",
        PostType.Neighborhood => "area",
        PostType.Testimonial => "comment",
        _ => order.Facts is null ? null : "dm_for_viewing",
    };

    // Warm words are about living somewhere: of an office or a plot they would be odd.
    private static bool LivesThere(PostOrder order) =>
        order.Style is not (ContentStyle.Luxury or ContentStyle.Friendly) || PostFacts.IsHome(order.Facts!.Listing.PropertyType);

    /// <summary>Every second post tells its figures in a list, where the network shows one well.</summary>
    private static bool LikesLists(PostOrder order) =>
        order.Platform != SocialPlatform.X && order.Style != ContentStyle.Minimal
            && (SeedOf.Text("list", order.Seed) + (ulong)order.Turn) % 2 == 0;

    private static string Mark(PostOrder order)
    {
        if (!Layout.LikesEmoji(order)) return "";
        return order.Type switch
        {
            PostType.NewListing => "🏠 ", PostType.OpenHouse => "🚪 ", PostType.JustSold => "🎉 ", PostType.PriceReduction =>
                "🔔 ", PostType.MarketUpdate => "📊 ",
            PostType.Neighborhood => "📍 ", PostType.Testimonial => "💬 ", PostType.HeroImage => "📸 ", PostType.DetailShots =>
                "🔍 ", PostType.Lifestyle => "🌅 ", _ => "",
        };
    }

    /// <summary>
    /// What the law wants on every advertisement: in Dubai the permit and the registration numbers, in the United States the fair housing
    /// line.
    /// </summary>
    private static string? Legal(PostOrder order)
    {
        if (order.Facts is not { } facts || WithoutHome.Contains(order.Type)) return null;
        if (!facts.IsDubai) return order.Platform == SocialPlatform.X ? "Equal Housing Opportunity."
            : "Equal Housing Opportunity. Details are subject to change.";
        (string En, string Ar, string? Number)[] numbers =
        [
            ("Permit", "تصريح", facts.Listing.PermitNumber), ("ORN", "ORN", facts.Orn), ("BRN", "BRN", facts.Brn),
        ];
        var known = numbers.Where(n => !string.IsNullOrWhiteSpace(n.Number))
            .Select(n => $"{(order.Arabic ? n.Ar : n.En)} {n.Number}").ToArray();
        return known.Length == 0 ? null : string.Join(" · ", known);
    }
}

/// <summary>A sentence or a block. Rank 0 stays whatever the limit; of the others the highest goes first.</summary>
internal sealed record Piece(string Text, int Rank, Part Part);

internal enum Part { Hook, Intro, Body, List, Features, Price, Call, Link, Legal, Tags }
