using Microsoft.EntityFrameworkCore;
using RealEstateOs.Assistant.Chat;
using RealEstateOs.Assistant.Documents;
using RealEstateOs.Assistant.Feedback;
using RealEstateOs.Assistant.Knowledge;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Assistant.Reviews;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant;

internal sealed class AssistantDb(DbContextOptions<AssistantDb> options) : ModuleDb(options, Name)
{
    public const string Name = "assistant";

    public DbSet<Document> Documents => Set<Document>();
    public DbSet<Passage> Passages => Set<Passage>();
    public DbSet<KnowledgeArticle> Articles => Set<KnowledgeArticle>();
    public DbSet<ChatSession> Sessions => Set<ChatSession>();
    public DbSet<ChatMessage> Messages => Set<ChatMessage>();
    public DbSet<ExpertReview> Reviews => Set<ExpertReview>();
    public DbSet<ModelCall> ModelCalls => Set<ModelCall>();
    public DbSet<FeedbackEntry> Feedback => Set<FeedbackEntry>();
}
