using PuppeteerSharp;

namespace RealEstateOs.Platform.Rendering;

/// <summary>The browser of this machine, and how it is started.</summary>
internal static class Chromium
{
    // The shell first: the same engine without windows, profiles and extensions starts sooner and takes half the memory.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
        "google-chrome-stable", "chrome"];

    /// <param name="given">Its path, where the configuration gives one.</param>
    public static string? Find(string? given)
    {
        if (given is not { Length: > 0 }) return Installed();
        return File.Exists(given) ? given : throw new RenderingUnavailableException($"There is no Chromium at {given} "
            + "(Rendering:Chromium).");
    }

    /// <summary>The one in PATH, if there is any.</summary>
    public static string? Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    public static LaunchOptions Options(string path, TimeSpan timeout) => new()
    {
        ExecutablePath = path, HeadlessMode = HeadlessMode.Shell, Timeout = (int)timeout.TotalMilliseconds,
        // A pipe, not a port: nobody else on the machine can steer the browser, and it ends with its host, however that ends.
        Pipe = true,
        // Chromium's own sandbox refuses to run as root.
        Args = [.. Environment.UserName == "root" ? ["--no-sandbox"] : Array.Empty<string>(), "--disable-gpu",
            "--font-render-hinting=none"],
    };
}
