using System.Diagnostics;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.DevServices;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>
/// What /openapi.json promises, clients that are generated from it can do. The tools of tests/Clients lint it, generate from it and
/// compile; what they made is kept, and made again only where the description or a quick start has changed.
/// </summary>
public sealed class GeneratedClientTests(Server server)
{
    private static readonly string Clients = Path.Combine(PrivateServiceOptions.RepositoryFolder()!, "tests", "Clients"),
        Generated = Path.Combine(Clients, "generated");
    private static readonly SemaphoreSlim OneWrites = new(1, 1);

    // A transparent dot.
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spectral_finds_nothing_in_the_description()
    {
        await DescribeAsync();
        await RunAsync(Tool("spectral"), "lint", "generated/openapi.json", "--fail-severity=hint");
    }

    [Fact]
    public async Task Redocly_finds_nothing_in_the_description()
    {
        await DescribeAsync();
        var found = await RunAsync(Tool("redocly"), "lint", "generated/openapi.json");
        Assert.DoesNotContain("warning", found, StringComparison.Ordinal); // its exit code tells of errors only
    }

    [Fact]
    public async Task A_TypeScript_client_is_strictly_typed_and_runs_the_quick_start()
    {
        if (await DescribeAsync() is var stamp && !IsMade("typescript", stamp))
        {
            await RunAsync("node", "typescript/generate.mjs");
            await RunAsync(Tool("tsc"), "-p", "typescript");
            Keep("typescript", stamp);
        }
        await QuickStartAsync("node", "typescript/run.mjs");
    }

    [Fact]
    public async Task An_NSwag_client_compiles_and_runs_the_quick_start()
    {
        if (await DescribeAsync() is var stamp && !IsMade("nswag", stamp))
        {
            Directory.CreateDirectory(Path.Combine(Generated, "nswag"));
            await RunAsync(
                "dotnet", "nswag", "openapi2csclient", "/input:generated/openapi.json", "/output:generated/nswag/ReosClient.cs",
                "/namespace:Reos",
                "/className:ReosClient", "/operationGenerationMode:SingleClientFromOperationId", "/jsonLibrary:NewtonsoftJson",
                "/generateNullableReferenceTypes:true", "/generateOptionalPropertiesAsNullable:true", "/generateOptionalParameters:true");
            await CompileAsync("nswag/NSwagClient.csproj");
            Keep("nswag", stamp);
        }
        await QuickStartAsync("dotnet", "nswag/bin/Release/net10.0/NSwagClient.dll");
    }

    [Fact]
    public async Task A_Kiota_client_compiles_and_runs_the_quick_start()
    {
        if (await DescribeAsync() is var stamp && !IsMade("kiota", stamp))
        {
            await RunAsync(
                "dotnet", "kiota", "generate", "--language", "CSharp", "--openapi", "generated/openapi.json", "--output", "generated/kiota",
                "--namespace-name", "Reos", "--class-name", "ReosClient", "--clean-output", "--exclude-backward-compatible",
                "--log-level", "Error");
            await CompileAsync("kiota/KiotaClient.csproj");
            Keep("kiota", stamp);
        }
        await QuickStartAsync("dotnet", "kiota/bin/Release/net10.0/KiotaClient.dll");
    }

    /// <summary>
    /// Writes the description where the tools read it; answers what they make is of: it, and everything below Clients that is not
    /// generated.
    /// </summary>
    private async Task<string> DescribeAsync()
    {
        await OneWrites.WaitAsync(Ct);
        try
        {
            var (path, description) = (Path.Combine(Generated, "openapi.json"),
                (await server.Anonymous.GetAsync("/openapi.json")).Must(200).GetRawText());
            Directory.CreateDirectory(Generated);
            if (!File.Exists(path) || await File.ReadAllTextAsync(path, Ct) != description)
                await File.WriteAllTextAsync(path, description, Ct);
            string[] sources = [path, .. Directory.GetFiles(Clients),
                .. new[] { "typescript", "nswag", "kiota" }.SelectMany(f => Directory.GetFiles(Path.Combine(Clients, f)))];
            return string.Join('\n', sources.Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}"));
        }
        finally
        {
            OneWrites.Release();
        }
    }

    private static bool IsMade(string client, string stamp) => File.Exists(StampOf(client)) && File.ReadAllText(StampOf(client)) == stamp;

    private static void Keep(string client, string stamp) => File.WriteAllText(StampOf(client), stamp);

    private static string StampOf(string client) => Path.Combine(Generated, client + ".stamp");

    private static Task CompileAsync(string project) => RunAsync("dotnet", "build", project, "-c", "Release", "-v", "q", "-nologo");

    private async Task QuickStartAsync(string program, string what)
    {
        var picture = Path.Combine(server.DataFolder, $"dot-{Guid.NewGuid():n}.png");
        await File.WriteAllBytesAsync(picture, Picture, Ct);
        await RunAsync(program, what, server.Client.BaseAddress!.ToString().TrimEnd('/'), $"quick-{Guid.NewGuid():n}@example.com", picture);
    }

    private static string Tool(string name) => Path.Combine("node_modules", ".bin", name);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var path = program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Clients, program) : program;
        Assert.True(path == program || File.Exists(path), $"{path} is missing: ./test.sh installs it");
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = Clients, RedirectStandardOutput = true,
            RedirectStandardError = true };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["KIOTA_TUTORIAL_ENABLED"], start.Environment["KIOTA_OFFLINE_ENABLED"]) =
            ("off", "false", "true");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        var said = $"{await output}\n{await errors}";
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
