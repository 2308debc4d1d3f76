using System.Globalization;
using RealEstateOs.Bench.Valuation;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (BenchArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine("""
        Measures the valuation engine on sales that it did not see.
          --dubai FILE            sales of the Dubai Land Department (any of its published layouts)
          --dubai-later FILE      further, later sales, appended
          --test-from 2026-05-01  first day of the test; the model is trained on everything before
          --test-to   DATE        last day of the test
          --protocols LIST        of frozen,daily,day (these are asked without the argument) and rolling (retrained every week; takes minutes)
          --king-county FILE      house sales with coordinates (kc_house layout)
          --king-county-later F   test on this file instead of on a fixed random fifth
          --validate              King County: the inner validation split instead of the test fifth
          --rents FOLDER          Ejari contracts (*.jsonl, *.jsonl.gz): rents of the last month from those before
          --speed                 time valuations on 200,000 generated sales
        """);
    return 2;
}
if (arguments.Dubai is not null) await DubaiBench.Run(arguments);
if (arguments.KingCounty is not null) await KingCountyBench.Run(arguments);
if (arguments.Rents is not null) await RentBench.Run(arguments.Rents);
if (arguments.Speed) SpeedBench.Run();
return 0;
