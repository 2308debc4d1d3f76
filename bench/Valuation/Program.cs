using System.Globalization;

namespace RealEstateOs.Bench.Valuation;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures the valuation engine on sales that it did not see.
          --dubai FILE            sales of the Dubai Land Department (any of its published layouts)
          --dubai-later FILE      further, later sales, appended
          --test-from 2026-05-01  first day of the test; the model is trained on everything before
          --test-to   DATE        last day of the test
          --protocols LIST        of frozen,daily,day (these are asked without the argument) and rolling (retrained
                                  every week; takes minutes)
          --king-county FILE      house sales with coordinates (kc_house layout)
          --king-county-later F   test on this file instead of on a fixed random fifth
          --validate              King County: the inner validation split instead of the test fifth
          --rents FOLDER          Ejari contracts (*.jsonl, *.jsonl.gz): rents of the last month from those before
          --speed                 time valuations on 200,000 generated sales
          --http                  the same over HTTP, beside the SQL of ten plain comparables on the same database
        """;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (BenchArguments.Parse(args) is not { } arguments)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        if (arguments.Dubai is not null) await DubaiBench.Run(arguments);
        if (arguments.KingCounty is not null) await KingCountyBench.Run(arguments);
        if (arguments.Rents is not null) await RentBench.Run(arguments.Rents);
        if (arguments.Speed) SpeedBench.Run();
        if (arguments.Http) await HttpBench.RunAsync();
        return 0;
    }
}
