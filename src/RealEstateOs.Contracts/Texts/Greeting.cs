namespace RealEstateOs.Contracts.Texts;

/// <summary>How a letter begins that somebody wrote without a greeting.</summary>
public static class Greeting
{
    /// <summary>In the language of what follows: <c>Dear Sara,</c>, or <c>مرحباً سارة،</c> where that is Arabic.</summary>
    public static string Of(string name, string content) =>
        content.HoldsArabic() ? $"مرحباً {name}،" : $"Dear {name},";
}
