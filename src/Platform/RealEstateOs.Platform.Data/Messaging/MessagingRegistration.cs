using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

internal static class MessagingRegistration
{
    /// <summary>
    /// Transports by configuration: <c>Mail:Transport</c> and <c>Sms:Transport</c>, else what has credentials, else files in the data
    /// folder.
    /// </summary>
    public static IServiceCollection AddPlatformMessaging(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = MailSettings.Load(configuration);
        services.AddSingleton(settings).AddSingleton<MessageIds>();
        services.AddHttpClient();
        services.AddSingleton<FolderTransport>();
        var mail = configuration["Mail:Transport"]
            ?? (settings.SendGridApiKey is not null ? "sendgrid" : settings.SmtpHost is not null ? "smtp" : "folder");
        var sms = configuration["Sms:Transport"] ?? (settings.TwilioAccountSid is not null ? "twilio" : "folder");
        _ = mail switch
        {
            "sendgrid" => services.AddSingleton<IMailTransport, SendGridTransport>(),
            "smtp" => services.AddSingleton<SmtpConnections>().AddSingleton<IMailTransport, SmtpTransport>(),
            "folder" => services.AddSingleton<IMailTransport>(p => p.GetRequiredService<FolderTransport>()),
            _ => throw new InvalidOperationException($"Mail:Transport is '{mail}'; it is smtp, sendgrid or folder."),
        };
        _ = sms switch
        {
            "twilio" => services.AddSingleton<ISmsTransport, TwilioTransport>(),
            "folder" => services.AddSingleton<ISmsTransport>(p => p.GetRequiredService<FolderTransport>()),
            _ => throw new InvalidOperationException($"Sms:Transport is '{sms}'; it is twilio or folder."),
        };
        services.AddSingleton(provider => Guards(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ResiliencePipelineProvider<string>>(p => p.GetRequiredService<ResiliencePipelineRegistry<string>>());
        services.AddScoped<Mailbox>();
        return services
            .AddJob<SendMail, MessageToSend>(SendMail.AccountKind, Mailbox.AccountQueue, concurrency: 3, maxAttempts: 8,
                timeout: TimeSpan.FromMinutes(2), announced: false, awaited: true)
            .AddJob<SendMail, MessageToSend>(SendMail.Kind, SendMail.Queue, concurrency: 4, maxAttempts: 8,
                timeout: TimeSpan.FromMinutes(2), announced: false)
            .AddJob<SendMailBatch, MailsToSend>(SendMailBatch.Kind, SendMail.Queue, concurrency: 8, maxAttempts: 8,
                timeout: TimeSpan.FromMinutes(30), announced: false)
            .AddJob<SendSms, MessageToSend>(SendSms.Kind, SendSms.Queue, concurrency: 3, maxAttempts: 8, timeout: TimeSpan.FromMinutes(2),
                announced: false);
    }

    // One circuit for each transport: a provider that is down is left alone for a while, whoever writes.
    internal static ResiliencePipelineRegistry<string> Guards(TimeProvider clock)
    {
        var registry = new ResiliencePipelineRegistry<string>();
        foreach (var name in new[] { "smtp", "sendgrid", "twilio", "folder" })
        {
            registry.TryAddBuilder(name, (builder, _) =>
            {
                builder.TimeProvider = clock;
                builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
                {
                    FailureRatio = 0.5, MinimumThroughput = 8, SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = TimeSpan.FromSeconds(20),
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(
                        e => e is not PermanentJobFailure and not RetryJobLater and not OperationCanceledException),
                });
                builder.AddTimeout(TimeSpan.FromSeconds(30));
            });
        }
        return registry;
    }
}
