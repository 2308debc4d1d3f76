#!/usr/bin/env bash
# libphonenumber-csharp 9.0.43 finds telephones in the prices of a listing in the Emirates, even where FindNumbers is told to be as strict
# as it can (EXACT_GROUPING, above its default VALID): a freephone number there is 800 and two to nine digits more, so that a rent of 80000,
# a price of 8000000 and an area of 800.45 are numbers to call. A comma in the number saves it, and a rent of 90000 is none. Whoever masks
# or refuses numbers in descriptions asks for the type, and lets a TOLL_FREE beside an amount or a unit stand. Fails when that changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="libphonenumber-csharp" Version="9.0.43" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using PhoneNumbers;

var numbers = PhoneNumberUtil.GetInstance();
(string Text, string Found)[] listing =
[
    ("Rent AED 80000 in four cheques", "+97180000 TOLL_FREE"), ("For sale at 8000000 AED", "+9718000000 TOLL_FREE"),
    ("Built-up area 800.45 sqm", "+97180045 TOLL_FREE"), ("Rent AED 80,000 in four cheques", ""), ("Rent AED 90000 in four cheques", ""),
    ("Trakheesi permit 71158760954", ""),
];
Console.WriteLine($"libphonenumber-csharp {typeof(PhoneNumberUtil).Assembly.GetName().Version!.ToString(3)}");
var same = true;
foreach (var (text, expected) in listing)
{
    var found = string.Join(", ", numbers.FindNumbers(text, "AE", PhoneNumberUtil.Leniency.EXACT_GROUPING, long.MaxValue)
        .Select(m => $"{numbers.Format(m.Number, PhoneNumberFormat.E164)} {numbers.GetNumberType(m.Number)}"));
    Console.WriteLine($"{text,-32} {found}");
    same &= found == expected;
}
return same ? 0 : 1;
CS
dotnet run -c Release -v q
