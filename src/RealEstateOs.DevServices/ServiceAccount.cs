using System.Security.Cryptography;
using System.Text;

namespace RealEstateOs.DevServices;

/// <summary>Who runs the services, and where their data lies: PostgreSQL refuses to run as root.</summary>
/// <param name="Home">Holds the folders <c>postgres</c> and <c>redis</c>.</param>
/// <param name="UserId">Null: the current user.</param>
/// <param name="GroupId">The user's group, where <paramref name="UserId"/> is set.</param>
internal sealed record ServiceAccount(string Home, string? UserId, string? GroupId)
{
    public static async Task<ServiceAccount> ChooseAsync(string dataFolder, Action<string> log, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            var own = new ServiceAccount(dataFolder, null, null);
            await own.DemandOwnFolderAsync(ct);
            return own;
        }

        var account = await FindPostgresUserAsync(ct);
        if ((await Command.RunAsync(account.As("test", "-x", dataFolder), null, ct)).ExitCode == 0)
        {
            // A folder that another user's start has made stays that user's.
            var owner = await OwnerAsync(Path.Combine(dataFolder, "postgres"), ct);
            return owner is { } found && found.UserId != "0"
                ? new ServiceAccount(dataFolder, found.UserId, found.GroupId)
                : account with { Home = dataFolder };
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..12];
        var fallback = $"/var/lib/realestateos/{hash}";
        await Command.DemandAsync(["install", "-d", "-m", "755", "/var/lib/realestateos", fallback], null, ct);
        log($"The user postgres may not enter {dataFolder}: PostgreSQL and Redis keep their data in {fallback}.");
        return account with { Home = fallback };
    }

    /// <summary>The command, run by this account.</summary>
    public IReadOnlyList<string> As(params IEnumerable<string> command) =>
        UserId is null ? [.. command] : ["setpriv", $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--", .. command];

    public async Task CreateFolderAsync(string folder, CancellationToken ct) =>
        await Command.DemandAsync(["install", "-d", "-m", "700", .. Ownership(), folder], null, ct);

    public async Task WriteFileAsync(string file, string content, CancellationToken ct) =>
        await Command.DemandAsync(["install", "-m", "600", .. Ownership(), "/dev/stdin", file], content, ct);

    /// <summary>
    /// The processes at work in a folder of ours. PostgreSQL and Redis both change into their data folder, so this
    /// needs no pid file that could be stale. Asked as the account itself, because root in a container may not look.
    /// </summary>
    public async Task<IReadOnlyList<int>> ProcessesInAsync(string folder, CancellationToken ct)
    {
        var pattern = folder.Replace("\\", "\\\\").Replace("*", "\\*").Replace("?", "\\?").Replace("[", "\\[");
        var found = await Command.RunAsync(
            As("find", "/proc", "-maxdepth", "2", "-path", "/proc/[0-9]*/cwd", "-lname", pattern), null, ct);
        return [.. found.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(link => int.Parse(link.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture))
            .Where(IsOurs)];
    }

    public async Task EndProcessesAsync(string folder, int signal, TimeSpan patience, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            var left = await ProcessesInAsync(folder, ct);
            if (left.Count == 0) return;
            if (waited == TimeSpan.Zero) foreach (var id in left) Command.Signal(id, signal);
            if (waited > patience) foreach (var id in left) Command.Signal(id, Signals.Kill);
            await Task.Delay(50, ct);
        }
    }

    private static bool IsOurs(int processId)
    {
        try
        {
            // A developer's shell may stand in the folder too: only servers count.
            return File.ReadAllText($"/proc/{processId}/comm").Trim() is "postgres" or "postmaster" or "redis-server";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string[] Ownership() => UserId is null ? [] : ["-o", UserId, "-g", GroupId!];

    private async Task DemandOwnFolderAsync(CancellationToken ct)
    {
        var me = (await Command.DemandAsync(["id", "-u"], null, ct)).Trim();
        foreach (var folder in new[] { Home, Path.Combine(Home, "postgres") })
        {
            if (await OwnerAsync(folder, ct) is { } owner && owner.UserId != me)
                throw new PrivateServicesException(
                    $"{folder} belongs to another user (id {owner.UserId}): start as that user, or remove the folder.");
        }
    }

    private static async Task<ServiceAccount> FindPostgresUserAsync(CancellationToken ct)
    {
        var user = await Command.RunAsync(["id", "-u", "postgres"], null, ct);
        var group = await Command.RunAsync(["id", "-g", "postgres"], null, ct);
        return user.ExitCode == 0 && group.ExitCode == 0
            ? new ServiceAccount("", user.Output.Trim(), group.Output.Trim())
            : throw new PrivateServicesException(
                "PostgreSQL does not run as root and there is no user postgres: apt-get install postgresql, or start as another user.");
    }

    private static async Task<(string UserId, string GroupId)?> OwnerAsync(string folder, CancellationToken ct)
    {
        var owner = await Command.RunAsync(["stat", "-c", "%u %g", folder], null, ct);
        if (owner.ExitCode != 0) return null;
        var parts = owner.Output.Trim().Split(' ');
        return (parts[0], parts[1]);
    }
}

internal static class Signals
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;
}
