using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Assistant;

/// <summary>Section <c>Assistant</c>.</summary>
internal sealed class AssistantOptions
{
    public const string Section = "Assistant";

    /// <summary>Megabytes of an uploaded document.</summary>
    [Range(1, 1024)]
    public int MaxFileMb { get; set; } = 50;

    public long MaxFileBytes => MaxFileMb * 1024L * 1024;

    /// <summary>
    /// Are passages also found by meaning, with the embedder that comes with the product? It holds 350 MB once it is needed.
    /// </summary>
    public bool Embeddings { get; set; } = true;

    /// <summary>Megabytes of embeddings kept in memory on each host; those of the organizations that asked longest ago go first.</summary>
    [Range(1, 100_000)]
    public int EmbeddingMemoryMb { get; set; } = 512;

    /// <summary>Questions of one person over a chat in a minute.</summary>
    [Range(1, 10_000)]
    public int QuestionsPerMinute { get; set; } = 30;
}
