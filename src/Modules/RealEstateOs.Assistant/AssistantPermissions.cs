using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Assistant;

internal static class AssistantPermissions
{
    public const string Use = "assistant:use", ReadDocuments = "documents:read", AddDocuments = "documents:create",
        ChangeDocuments = "documents:update",
        DeleteDocuments = "documents:delete", ManageKnowledge = "knowledge:manage", Submit = "reviews:create", ReadReviews = "reviews:read",
        Decide = "reviews:decide",
        ReadFeedback = "feedback:read", ReadUsage = "assistant:usage";

    private const DefaultRoles Everybody = DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer, Workers = DefaultRoles.Manager
        | DefaultRoles.Agent;

    public static readonly PermissionDefinition[] All =
    [
        new(Use, "Ask the assistant and chat with it; it shows what the asker may see", Everybody),
        new(ReadDocuments, "See documents of the assistant that are open to one, and find what they say", Everybody),
        new(AddDocuments, "Upload documents for the assistant", Workers),
        new(ChangeDocuments, "Change documents of the assistant and read them in again", Workers),
        new(DeleteDocuments, "Delete and restore documents of the assistant", DefaultRoles.Manager),
        new(ManageKnowledge, "Curate what the office tells its assistant", DefaultRoles.None),
        new(Submit, "Ask for the review of a text", Workers),
        new(ReadReviews, "See texts that are reviewed", Workers),
        new(Decide, "Review texts", DefaultRoles.Manager),
        new(ReadUsage, "See what the assistant's model took and cost", DefaultRoles.Manager),
        new(ReadFeedback, "Read what people said of the assistant", DefaultRoles.Manager),
    ];
}
