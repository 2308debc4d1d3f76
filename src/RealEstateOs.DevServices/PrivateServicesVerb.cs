namespace RealEstateOs.DevServices;

public static partial class PrivateServices
{
    private const string Usage =
        """
        Usage: dev-services start|stop|status|env [--data FOLDER] [--tests]
          start   starts the private PostgreSQL and Redis
          stop    stops them
          status  says whether they run (exit code 3 when not)
          env     prints their addresses as shell exports; starts them when needed
        """;

    /// <summary>Handles <c>dev-services …</c> and answers its exit code; null when the arguments are none of our business.</summary>
    public static async Task<int?> RunVerbAsync(string[] args)
    {
        if (args is not ["dev-services", ..]) return null;
        if (ReadOptions(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            return args[1] switch
            {
                "start" => await StartAsync(options),
                "stop" => await StopVerbAsync(options),
                "status" => await StatusAsync(options),
                _ => await PrintEnvironmentAsync(options),
            };
        }
        catch (PrivateServicesException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static PrivateServiceOptions? ReadOptions(string[] args)
    {
        if (args.Length < 2 || args[1] is not ("start" or "stop" or "status" or "env")) return null;
        var options = new PrivateServiceOptions();
        for (var at = 2; at < args.Length; at++)
        {
            if (args[at] == "--tests") options = options with { ForTests = true };
            else if (args[at] == "--data" && at + 1 < args.Length) options = options with { DataFolder = Path.GetFullPath(args[++at]) };
            else return null;
        }

        return options;
    }

    private static async Task<int> StartAsync(PrivateServiceOptions options)
    {
        await EnsureAsync(options, Console.WriteLine);
        Console.WriteLine($"PostgreSQL and Redis run; their data is in {options.DataFolder}.");
        return 0;
    }

    private static async Task<int> StopVerbAsync(PrivateServiceOptions options)
    {
        Console.WriteLine(await StopAsync(options.DataFolder) ? "PostgreSQL and Redis are stopped." : "PostgreSQL and Redis do not run.");
        return 0;
    }

    private static async Task<int> StatusAsync(PrivateServiceOptions options)
    {
        var running = await FindRunningAsync(options) is not null;
        Console.WriteLine(running ? "PostgreSQL and Redis run." : "PostgreSQL and Redis do not both run.");
        return running ? 0 : 3;
    }

    private static async Task<int> PrintEnvironmentAsync(PrivateServiceOptions options)
    {
        var addresses = await EnsureAsync(options, Console.Error.WriteLine);
        Console.WriteLine($"export ConnectionStrings__Owner='{addresses.OwnerConnectionString}'");
        Console.WriteLine($"export ConnectionStrings__App='{addresses.AppConnectionString}'");
        Console.WriteLine($"export ConnectionStrings__System='{addresses.SystemConnectionString}'");
        Console.WriteLine($"export ConnectionStrings__Redis='{addresses.RedisConfiguration}'");
        return 0;
    }
}
