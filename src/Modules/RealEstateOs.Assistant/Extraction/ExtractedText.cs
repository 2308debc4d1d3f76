namespace RealEstateOs.Assistant.Extraction;

/// <summary>A paragraph, a row of a table or a few lines, with the page and the headings that it stands under.</summary>
internal sealed record Block(string Text, int? Page = null, string? Heading = null);

/// <summary>What was read of a file.</summary>
internal sealed record ExtractedText(IReadOnlyList<Block> Blocks, int? Pages);

/// <summary>The file holds nothing that could be read, or is not what it says; the message is for its author.</summary>
internal sealed class UnreadableDocument(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>So much text of one document is read; a book has a million letters.</summary>
internal sealed class TextBudget
{
    public const int MostLetters = 8_000_000;

    private int left = MostLetters;

    public void Take(int letters)
    {
        if ((left -= letters) < 0)
            throw new UnreadableDocument($"The document holds more than {MostLetters / 1_000_000} million letters. Split it.");
    }
}
