using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RealEstateOs.DevServices;

internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public string LastError =>
        Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}

internal static class Command
{
    // Closes every inherited descriptor, so that a caller that reads our output to its end does not wait for the daemon.
    private const string Detach =
        """
        log=$1; shift
        for entry in /proc/self/fd/*; do n=${entry##*/}; if [ "$n" -gt 2 ]; then eval "exec $n>&-"; fi; done
        exec </dev/null >>"$log" 2>&1
        setsid "$@" &
        """;

    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, string? input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C.UTF-8";

        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its input: its exit code and error text say why.
        }

        await process.WaitForExitAsync(ct);
        return new CommandResult(process.ExitCode, await output, await errors);
    }

    public static async Task<string> DemandAsync(IReadOnlyList<string> command, string? input, CancellationToken ct)
    {
        var result = await RunAsync(command, input, ct);
        return result.ExitCode == 0
            ? result.Output
            : throw new PrivateServicesException(
                $"{Path.GetFileName(command[0])} failed: {Faults.Explain(result.Errors, result.LastError)}");
    }

    public static async Task LaunchAsync(IReadOnlyList<string> command, string logFile, CancellationToken ct) =>
        await DemandAsync(["bash", "-c", Detach, "launch", logFile, .. command], null, ct);

    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new PrivateServicesException($"{start.FileName} did not start.");
        }
        catch (Win32Exception missing)
        {
            throw new PrivateServicesException($"{start.FileName} is needed and cannot be started: {missing.Message}", missing);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
