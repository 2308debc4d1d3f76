using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Sinks.SystemConsole.Themes;

namespace RealEstateOs.Platform.Observability.Logs;

internal static class LogSetup
{
    public static void AddLogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LogOptions>().Bind(configuration.GetSection(LogOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpContextAccessor();
        // First, so that anything said in the section "Logging" has the last word.
        services.Configure<LoggerFilterOptions>(filter =>
        {
            foreach (var noisy in (string[])["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions",
                "System.Net.Http", "Npgsql"])
                filter.Rules.Insert(0, new LoggerFilterRule(null, noisy, LogLevel.Warning, null));
            // Whoever asks for health is told, and asks every few seconds.
            filter.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None, null));
        });
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton<ILoggerProvider>(provider => new SerilogLoggerProvider(Create(provider, configuration), dispose: true));
    }

    private static Logger Create(IServiceProvider provider, IConfiguration configuration)
    {
        var options = provider.GetRequiredService<IOptions<LogOptions>>().Value;
        var environment = provider.GetRequiredService<IHostEnvironment>();
        var logs = new LoggerConfiguration()
            .MinimumLevel.Verbose() // The section "Logging" has filtered already.
            .Enrich.With(new RequestContext(provider.GetRequiredService<IHttpContextAccessor>()));
        if (environment.IsDevelopment())
            logs.Enrich.With<ConsoleLine>()
                .WriteTo.Console(outputTemplate: ConsoleLine.Template, formatProvider: CultureInfo.InvariantCulture,
                    theme: AnsiConsoleTheme.Code);
        else
            logs.WriteTo.Console(new JsonLines());
        if (options.Files)
        {
            var folder = Path.Combine(configuration["DataFolder"] ?? ".data", options.Directory);
            WriteTo(logs, Path.Combine(folder, "app-.log"), LogEventLevel.Verbose, options);
            WriteTo(logs, Path.Combine(folder, "errors-.log"), LogEventLevel.Error, options);
        }
        return logs.ReadFrom.Configuration(configuration).CreateLogger();
    }

    private static void WriteTo(LoggerConfiguration logs, string path, LogEventLevel level, LogOptions options) => logs.WriteTo.File(
        new JsonLines(),
        path,
        restrictedToMinimumLevel: level,
        rollingInterval: RollingInterval.Day,
        rollOnFileSizeLimit: true,
        fileSizeLimitBytes: options.MaxFileMegabytes * 1024L * 1024L,
        retainedFileCountLimit: options.KeptFiles,
        hooks: new LogArchive(options.KeptArchives));
}
