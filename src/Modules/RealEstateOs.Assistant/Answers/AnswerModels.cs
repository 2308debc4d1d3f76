using FluentValidation;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Assistant.Answers;

/// <example>{"message": "Which flats in Dubai Marina have two bedrooms?", "property_id": 1}</example>
public sealed record AssistRequest : IRequestBody<AssistRequest>
{
    /// <summary>The question, in English or Arabic; <c>prompt</c>, <c>query</c> and <c>question</c> are the same member.</summary>
    [Alias("prompt"), Alias("query"), Alias("question")] public string? Message { get; init; }
    /// <summary>The property that the question is about, if it is about one.</summary>
    public PropertyId? PropertyId { get; init; }
}

internal sealed class AssistValidator : AbstractValidator<AssistRequest>
{
    public AssistValidator() => RuleFor(a => a.Message).NotEmpty();
}

/// <summary>
/// How an answer came about: <c>look_up</c> from the office's own records, <c>extract</c> from passages word by word, <c>model</c> written
/// by a language model from its sources, <c>not_found</c> where nothing here says it.
/// </summary>
public enum AnswerMode { LookUp, Extract, Model, NotFound }

/// <summary>An answer and what it rests on.</summary>
public sealed record AnswerResponse
{
    /// <summary>The text; [1] and the like name citations and records.</summary>
    public required string Answer { get; init; }
    public required AnswerMode Mode { get; init; }
    /// <summary>Says in words where the answer comes from; shown beside it.</summary>
    public required string Label { get; init; }
    /// <summary>The passages that the answer names as [1], [2] …</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];
    /// <summary>The office's records that the answer is made of.</summary>
    public IReadOnlyList<RecordLink> Records { get; init; } = [];
    /// <summary>What could be done, as requests that a person may send; none was.</summary>
    public IReadOnlyList<ProposedAction> Actions { get; init; } = [];
    /// <summary>Questions that lead on.</summary>
    public IReadOnlyList<string> FollowUps { get; init; } = [];
    /// <summary>Were passages looked for by words and meaning, by words alone, or is there nothing to look in?</summary>
    public required RetrievalMode Retrieval { get; init; }
    /// <summary>What a reader should know: a model that was away, a budget that is used up.</summary>
    public string? Note { get; init; }
}

/// <summary>A passage that an answer rests on.</summary>
/// <param name="Number">As the answer writes it: [1].</param>
/// <param name="Page">From 1; null where the document has no pages.</param>
/// <param name="Quote">The passage, word by word.</param>
/// <param name="Url">Where it is read, by who may open the document.</param>
/// <param name="Score">Says the order of passages, nothing else.</param>
/// <param name="Similarity">Cosine of question and passage, where meaning was asked.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">The heading above the passage; null where there is none.</param>
public sealed record Citation(
    int Number, DocumentId DocumentId, PassageId PassageId, string Title, int? Page, string? Heading, string Quote, string Url,
    double Score,
    double? Similarity)
{
    internal static Citation Of(FoundPassage p, int number) => new(number, p.DocumentId, p.Id, p.Title, p.Page, p.Heading, p.Content,
        $"{ApiGroup.Root}/documents/{p.DocumentId.Value}/passages?id={p.Id.Value}", Math.Round(p.Score, 5),
        p.Similarity is { } s ? Math.Round(s, 3) : null);
}

/// <param name="Type">property, lead, client …</param>
/// <param name="Reference">As <c>prop_5</c>.</param>
/// <param name="Number">As a model's answer writes it: [2].</param>
/// <param name="Name">What people call the record: an address, a name.</param>
/// <param name="Url">Where it is read, by who may see it.</param>
public sealed record RecordLink(string Type, string Reference, string Name, string Url, int? Number = null);

/// <summary>What is asked, and about what.</summary>
internal sealed record Question(string Text, PropertySummary? Property = null)
{
    /// <summary>What was said before in the conversation, the first first.</summary>
    public IReadOnlyList<Turn> Earlier { get; init; } = [];

    public bool IsArabic => Languages.Of(Text) == Languages.Arabic;
}

/// <summary>Something that the person asked or the assistant answered.</summary>
internal sealed record Turn(bool IsAnswer, string Text);

/// <summary>Takes an answer piece by piece while it is made; null takes back all that was told.</summary>
internal delegate ValueTask Tell(string? piece, CancellationToken ct);
