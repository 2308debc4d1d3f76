using System.Text;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.Social.Writing;

/// <summary>Puts pieces together as a network shows them: X in a line, the others in paragraphs.</summary>
internal static class Layout
{
    public static string Of(SocialPlatform platform, IReadOnlyList<Piece> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (text.Length > 0) text.Append(Before(platform, piece.Part));
            text.Append(piece.Text);
        }
        return text.ToString();
    }

    public static bool LikesEmoji(PostOrder order) =>
        order.Platform is SocialPlatform.Instagram or SocialPlatform.Facebook
            && order.Style is ContentStyle.Friendly or ContentStyle.Luxury;

    private static string Before(SocialPlatform platform, Part part) => (platform, part) switch
    {
        (SocialPlatform.X, Part.Link or Part.Legal or Part.Tags) => "\n",
        (SocialPlatform.X, _) => " ",
        (_, Part.Features or Part.Price) => "\n",
        (_, Part.Intro) => " ",
        _ => "\n\n",
    };
}

/// <summary>The figures that have not been told yet, one a line.</summary>
internal static class FactList
{
    private static readonly (string Slot, string Emoji, string English, string Arabic)[] Lines =
    [
        ("area", "📐", "", ""), ("plot", "🌿", "Plot: ", "الأرض: "), ("baths", "🛁", "", ""), ("rate", "📊", "", ""),
    ];

    public static string Of(PostOrder order, Slots slots)
    {
        var emoji = Layout.LikesEmoji(order);
        var lines = new List<string>();
        foreach (var (slot, mark, english, arabic) in Lines)
        {
            if (slot == "rate" && order.Style != ContentStyle.Investment) continue;
            if (slots.Take(slot) is { } text) lines.Add($"{(emoji ? mark : "•")} {(order.Arabic ? arabic : english)}{text}");
        }
        return string.Join('\n', lines);
    }
}
