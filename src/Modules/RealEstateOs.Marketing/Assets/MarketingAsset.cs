using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Assets;

/// <summary>A file of a campaign: a flyer, a card, a picture for the networks, a mail.</summary>
internal sealed class MarketingAsset : Entity<AssetId>, INotAudited
{
    public MarketingCampaignId CampaignId { get; set; }
    public MarketingChannel Channel { get; set; }
    public required string Format { get; set; }
    public AdLanguage Language { get; set; }
    public string? Platform { get; set; }
    public bool ForPress { get; set; }
    public required string Template { get; set; }
    public AssetState State { get; set; }
    /// <summary>Of everything it is made from; the same again is not made again.</summary>
    public string? InputHash { get; set; }
    public string? FileKey { get; private set; }
    public string? ContentType { get; private set; }
    public long? Bytes { get; private set; }
    public string? Sha256 { get; private set; }
    /// <summary>The text part of a mail.</summary>
    public string? TextBody { get; private set; }
    public string? Error { get; private set; }
    public DateTimeOffset? MadeAt { get; private set; }

    internal AdSheet Sheet => new(AdFormat.All[Format], ForPress);

    public void Made(StoredFile file, string inputHash, string? textBody, DateTimeOffset now) =>
        (State, FileKey, ContentType, Bytes, Sha256, InputHash, TextBody, MadeAt, Error) = (AssetState.Ready, file.Key.Value,
            file.ContentType, file.Size, file.Sha256, inputHash, textBody, now, null);

    /// <summary>A page has no file: it is shown at its own address.</summary>
    public void Published(string inputHash, DateTimeOffset now) =>
        (State, ContentType, Sha256, InputHash, MadeAt, Error) = (AssetState.Ready, "text/html", inputHash, inputHash, now, null);

    public void Failed(string reason) => (State, Error) = (AssetState.Failed, reason);

    internal string FileName =>
        $"{Vocabulary.Word(Channel)}-{Format}-{Vocabulary.Word(Language)}{(Platform is null ? "" : $"-{Platform}")}{Ending}";

    private string Ending =>
        ContentType switch { "application/pdf" => ".pdf", "image/png" => ".png", "image/jpeg" => ".jpg", "text/html" => ".html", _ => "" };
}

/// <summary>A request to make assets; its job works through those that are pending.</summary>
internal sealed class Generation : Entity<GenerationId>, INotAudited
{
    public MarketingCampaignId CampaignId { get; set; }
    public JobId? JobId { get; set; }
    public long[] AssetIds { get; set; } = [];
}
