using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Assistant.Answers;
using RealEstateOs.Assistant.Chat;
using RealEstateOs.Assistant.Documents;
using RealEstateOs.Assistant.Feedback;
using RealEstateOs.Assistant.Knowledge;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Assistant.Reviews;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Live;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Assistant;

/// <summary>Answers with their sources: documents, knowledge, questions, chats, reviews, feedback.</summary>
public static class AssistantModule
{
    public static IServiceCollection AddAssistant(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<AssistantDb>(AssistantDb.Name).AddPermissions(AssistantPermissions.All);
        services.AddOptions<AssistantOptions>().Bind(configuration.GetSection(AssistantOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<EmbeddingModelOptions>().Bind(configuration.GetSection(EmbeddingModelOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<Embedder>(all => all.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value.IsOn
            ? ActivatorUtilities.CreateInstance<RemoteEmbedder>(all) : ActivatorUtilities.CreateInstance<BuiltInEmbedder>(all));
        services.AddSingleton<VectorIndex>().AddSingleton<Conversations>();
        services.AddScoped<FullText>().AddScoped<Retriever>().AddScoped<Answerer>().AddScoped<PassageWriter>().AddScoped<Articles>();
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ModelBudget>().AddSingleton<LanguageModel>().AddScoped<ModelAnswers>().AddScoped<OfficeRecords>()
            .AddScoped<IModelWriter, ModelWriter>();
        services.AddScoped<ILookup, ListingsLookup>().AddScoped<ILookup, ScoreLookup>().AddScoped<ILookup, ValueLookup>()
            .AddScoped<ILookup, PlaceLookup>().AddScoped<ILookup, PropertyLookup>()
            .AddScoped<ILookup, PeopleLookup>();
        services.AddJob<ProcessDocument, DocumentToProcess>(ProcessDocument.Kind, queue: "documents", concurrency: 2,
            timeout: TimeSpan.FromMinutes(10), permission: AssistantPermissions.ReadDocuments);
        services.AddJob<RunReindex, DocumentsToRead>(ReindexDocuments.Kind, queue: "documents",
            permission: AssistantPermissions.ReadDocuments);
        services.AddJob<EmbedPassages, PassagesToEmbed>(EmbedPassages.Kind, queue: "embeddings", concurrency: 1, announced: false,
            permission: AssistantPermissions.ReadDocuments);
        services.AddRecurringJob<EmbedAnew>(EmbedAnew.Kind, configuration["Assistant:EmbeddingSchedule"] ?? "0 17 * * * ?");
        services.AddJob<RunAssistTask, QuestionToAnswer>(
            AssistTask.Kind, queue: "answers", maxAttempts: 3, timeout: TimeSpan.FromMinutes(5), permission: AssistantPermissions.Use,
            show: (_, answer) => answer, awaited: true);
        return services;
    }

    public static IEndpointRouteBuilder MapAssistant(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("Assistant");
        var ai = api.MapGroup("/ai");
        // Nothing of the database is held while a model writes.
        ai.MapPost("/assist", Assist.Handle).Needs(AssistantPermissions.Use).WithMetadata(new ConnectionPolicy(HoldsNone: true));
        ai.MapPost("/assist/task", AssistTask.Handle).Needs(AssistantPermissions.Use);
        ai.MapPost("/assist/preview", Preview.Handle).Needs(AssistantPermissions.Use);
        ai.MapGet("/usage", GetModelUsage.Handle).NeedsInFull(AssistantPermissions.ReadUsage);

        var chat = api.MapGroup("/chat");
        chat.MapGet("/sessions", ChatSessions.List).Needs(AssistantPermissions.Use);
        chat.MapPost("/sessions", ChatSessions.Create).Needs(AssistantPermissions.Use);
        chat.MapGet("/sessions/{id}", ChatSessions.Get).Needs(AssistantPermissions.Use);
        chat.MapDelete("/sessions/{id}", ChatSessions.Delete).Needs(AssistantPermissions.Use);
        chat.MapGet("/stream/{session_id}", ChatSocket.Handle).Needs(AssistantPermissions.Use).IsSocket();
        api.MapGet("/ml/stream", JobSocket.Handle).NeedsOnlySignIn().IsSocket();

        var limit = new UploadLimit(app.ServiceProvider.GetRequiredService<IOptions<AssistantOptions>>().Value.MaxFileBytes
            + (1024 * 1024));
        var documents = api.MapGroup("/documents");
        documents.MapPost("/upload", UploadDocument.Handle).Needs(AssistantPermissions.AddDocuments)
            .WithMetadata(UploadDocument.Body, limit);
        documents.MapPost("/reindex", ReindexDocuments.Handle).Needs(AssistantPermissions.ChangeDocuments);
        documents.MapGet("/", ListDocuments.Handle).Needs(AssistantPermissions.ReadDocuments);
        documents.MapGet("/{id}", GetDocument.Handle).Needs(AssistantPermissions.ReadDocuments);
        documents.MapGet("/{id}/passages", ListPassages.Handle).Needs(AssistantPermissions.ReadDocuments);
        documents.MapDelete("/{id}", DeleteDocument.Handle).Needs(AssistantPermissions.DeleteDocuments);
        documents.MapPost("/{id}/restore", DeleteDocument.Restore).Needs(AssistantPermissions.DeleteDocuments);

        api.MapGet("/admin/knowledge", KnowledgeEndpoints.List).NeedsInFull(AssistantPermissions.ManageKnowledge);
        api.MapPost("/admin/knowledge", KnowledgeEndpoints.Write).NeedsInFull(AssistantPermissions.ManageKnowledge);

        var reviews = api.MapGroup("/expertise/reviews");
        reviews.MapGet("/", ReviewEndpoints.List).Needs(AssistantPermissions.ReadReviews);
        reviews.MapPost("/", ReviewEndpoints.Submit).Needs(AssistantPermissions.Submit);
        reviews.MapGet("/{id}", ReviewEndpoints.Get).Needs(AssistantPermissions.ReadReviews);
        reviews.MapPatch("/{id}", ReviewEndpoints.Decide).Needs(AssistantPermissions.Decide);

        api.MapPost("/feedback", FeedbackEndpoints.Give).NeedsOnlySignIn();
        api.MapGet("/feedback/export", FeedbackEndpoints.Export).NeedsInFull(AssistantPermissions.ReadFeedback);
        return app;
    }

    private static void IsSocket(this RouteHandlerBuilder route) =>
        route.WithMetadata(new ConnectionPolicy(HoldsNone: true), new AcceptsStreamToken(), new LongLived());
}
