using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// What an answer may rest on, numbered as it is written: [1], [2] … Passages of documents and records of the office alike.
/// </summary>
internal sealed class Sources
{
    private readonly List<Source> all = [];

    public int Add(FoundPassage passage)
    {
        if (all.FindIndex(s => s.Passage?.Id == passage.Id) is >= 0 and var known) return known + 1;
        all.Add(new Source($"{passage.Title}\n{passage.Heading}\n{passage.Content}", passage, null));
        return all.Count;
    }

    public int Add(RecordFact fact)
    {
        all.Add(new Source(fact.Text, null, fact.Record));
        return all.Count;
    }

    public bool Knows(int number) => number > 0 && number <= all.Count;

    public string TextOf(int number) => all[number - 1].Text;

    public IReadOnlyList<Citation> Citations(IEnumerable<int> numbers) =>
        [.. numbers.Where(n => all[n - 1].Passage is not null).Select(n => Citation.Of(all[n - 1].Passage!, n))];

    public IReadOnlyList<RecordLink> Records(IEnumerable<int> numbers) =>
        [.. numbers.Where(n => all[n - 1].Record is not null).Select(n => all[n - 1].Record! with { Number = n })];

    private sealed record Source(string Text, FoundPassage? Passage, RecordLink? Record);
}
