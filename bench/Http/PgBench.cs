using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace RealEstateOs.Bench.Http;

/// <summary>The floor: <c>pgbench</c> with the same SQL, prepared, no HTTP and no JSON. Null where it is not installed.</summary>
internal static partial class PgBench
{
    public static async Task<double?> RunAsync(string connectionString, int connections, TimeSpan duration, string script)
    {
        if (Directory.Exists("/usr/lib/postgresql") is false
            || Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories) is not [.., var program]) return null;
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script);
            var start = new ProcessStartInfo(program)
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = to.Password, ["PGHOST"] = to.Host,
                    ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = to.Username, ["PGDATABASE"] = to.Database },
            };
            foreach (var argument in new[] { "-n", "-M", "prepared", "-c", $"{connections}", "-j", "1", "-T",
                $"{(int)Math.Ceiling(duration.TotalSeconds)}", "-f", file }) start.ArgumentList.Add(argument);
            using var run = Process.Start(start)!;
            var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
            await run.WaitForExitAsync();
            return Rate().Match(await output) is { Success: true } rate ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException(await errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
