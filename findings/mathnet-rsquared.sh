#!/usr/bin/env bash
# MathNet.Numerics 5.0.0: GoodnessOfFit.RSquared(modelled, observed) is the square of the correlation, not the part of the spread that the model
# explains. A valuation of twice the price, or of half a million above it, on every home has an R² of 1, and so has one that is low where prices
# are high. CoefficientOfDetermination, beside it, is the other: 1 for the right valuation, 0.10 and less for these. Whoever lets no model pass
# under an R² asks for that one. Fails when RSquared tells the wrong valuations from the right one.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="MathNet.Numerics" Version="5.0.0" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using MathNet.Numerics;

double[] prices = [900_000, 1_100_000, 1_250_000, 1_600_000, 2_400_000];
(string Name, Func<double, double> Value)[] models =
[
    ("the price", p => p), ("twice the price", p => 2 * p), ("half a million more", p => p + 500_000),
    ("low where prices are high", p => 3_000_000 - p),
];
Console.WriteLine("MathNet.Numerics 5.0.0");
var same = true;
foreach (var (name, value) in models)
{
    var values = prices.Select(value).ToArray();
    var (squared, explained) = (GoodnessOfFit.RSquared(values, prices), GoodnessOfFit.CoefficientOfDetermination(values, prices));
    Console.WriteLine(FormattableString.Invariant($"{name,-26} RSquared {squared:F2}, CoefficientOfDetermination {explained:F2}"));
    same &= Math.Abs(squared - 1) < 1e-9 && (name == "the price" ? explained == 1 : explained < 0.5);
}
return same ? 0 : 1;
CS
dotnet run -c Release -v q
