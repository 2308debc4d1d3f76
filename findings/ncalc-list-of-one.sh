#!/usr/bin/env bash
# NCalcSync 7.4.0 takes a list of one text for the text, and looks for the left side anywhere in it: unit 1204 is "in" ('1204-A'), but not
# in ('1204-A', '1205'). A rule that is written from the units somebody chose is wrong only for who chose one, and is right again with a
# second. A list of one number is a list. The function in(unit, '1204-A') compares whole texts however many there are. Fails when 1204 is
# no longer in ('1204-A'), or one of the others changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="NCalcSync" Version="7.4.0" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using NCalc;

(string Rule, bool Answer)[] rules =
[
    ("unit in ('1204-A')", true), ("unit in ('1204-A', '1205')", false), ("in(unit, '1204-A')", false), ("unit not in ('1204-A')", false),
    ("floor in (12)", true), ("floor in (112)", false),
];
Console.WriteLine("NCalcSync 7.4.0: unit = '1204', floor = 12");
var same = true;
foreach (var (rule, expected) in rules)
{
    var expression = new Expression(rule);
    expression.Parameters["unit"] = "1204";
    expression.Parameters["floor"] = 12;
    var answer = (bool)expression.Evaluate()!;
    Console.WriteLine($"{rule,-28} {answer}");
    same &= answer == expected;
}
return same ? 0 : 1;
CS
dotnet run -c Release -v q
