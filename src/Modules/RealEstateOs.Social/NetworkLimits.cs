using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Writing;

namespace RealEstateOs.Social;

/// <summary>What a network takes, and what reads well there.</summary>
/// <param name="Text">Most characters, counted as the network counts.</param>
/// <param name="MostHashtags">More are refused.</param>
/// <param name="WrittenHashtags">So many are written where nobody asks for another number.</param>
/// <param name="MostPictures">In one post.</param>
/// <param name="LinksWork">Can a link in the text be followed?</param>
internal sealed record NetworkLimits(int Text, int MostHashtags, int WrittenHashtags, int MostPictures, bool LinksWork)
{
    private const int MostMentions = 20;

    // Instagram: 5 hashtags since December 2025. Facebook, LinkedIn and X set no number: theirs is where a post begins to look like spam.
    private static readonly Dictionary<SocialPlatform, NetworkLimits> All = new()
    {
        [SocialPlatform.Instagram] = new(2_200, 5, 5, 10, LinksWork: false),
        [SocialPlatform.Facebook] = new(63_206, 30, 3, 10, LinksWork: true),
        [SocialPlatform.Linkedin] = new(3_000, 30, 4, 20, LinksWork: true),
        [SocialPlatform.X] = new(280, 10, 2, 4, LinksWork: true),
    };

    public static NetworkLimits Of(SocialPlatform platform) => All[platform];

    public static string NameOf(SocialPlatform platform) => platform switch
    {
        SocialPlatform.Instagram => "Instagram", SocialPlatform.Facebook => "Facebook", SocialPlatform.Linkedin => "LinkedIn", _ => "X",
    };

    public static int LengthOf(SocialPlatform platform, string text) => platform == SocialPlatform.X ? TextLength.OfX(text) : text.Length;

    /// <summary>What the network would refuse, or cut off without a word.</summary>
    public static IEnumerable<string> FaultsOf(SocialPlatform platform, string content)
    {
        var (limits, name) = (Of(platform), NameOf(platform));
        var length = LengthOf(platform, content);
        if (length == 0) yield return "is empty";
        if (length > limits.Text) yield return $"has {length} characters; {name} takes {limits.Text}";
        var tags = Hashtags.Hashtag.In(content).Count();
        if (tags > limits.MostHashtags) yield return $"has {tags} hashtags; {name} takes {limits.MostHashtags}";
        if (platform == SocialPlatform.Instagram && Regex.Count(content, @"(?<![\w@])@\w") > MostMentions)
            yield return $"has more than {MostMentions} mentions";
    }
}
