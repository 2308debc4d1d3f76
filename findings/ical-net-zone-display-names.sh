#!/usr/bin/env bash
# Ical.Net 5.2.4 does not read a calendar's VTIMEZONE, where RFC 5545 (3.2.19) has the meaning of a TZID. It looks the name up and, where
# nothing is called so, takes a zone whose own name stands anywhere in it. In "(UTC+04:00) Abu Dhabi, Muscat" that is "UTC": a viewing
# at 10:00 in a zone that the same file defines as +0400 comes out at 10:00 UTC, four hours late, and nothing is raised. Whoever takes in
# invitations gives TimeZoneResolvers.TimeZoneResolver the offsets of the file. Fails when the display name means 06:00 UTC.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Ical.Net" Version="5.2.4" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Reflection;
using Ical.Net;

var version = typeof(Calendar).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
Console.WriteLine($"Ical.Net {version.Split('+')[0]}: 10:00 in a zone that the file defines as +0400");
string[] names = ["Asia/Dubai", "Arabian Standard Time", "(UTC+04:00) Abu Dhabi, Muscat", "(GMT+04.00) Abu Dhabi/Muscat"];
var read = names.Select(Read).ToArray();
foreach (var (name, time) in names.Zip(read))
{
    Console.WriteLine($"{name,-30} {time}");
}
return read is ["06:00 UTC", "06:00 UTC", "10:00 UTC", "10:00 UTC"] ? 0 : 1;

static string Read(string zone)
{
    string[] lines =
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN",
        "BEGIN:VTIMEZONE", "TZID:" + zone.Replace(",", "\\,"), "BEGIN:STANDARD", "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0400", "TZOFFSETTO:+0400", "END:STANDARD", "END:VTIMEZONE",
        "BEGIN:VEVENT", "UID:viewing-1@example.com", "DTSTAMP:20261129T080000Z", $"DTSTART;TZID=\"{zone}\":20261201T100000",
        "DURATION:PT1H", "SUMMARY:Viewing", "END:VEVENT", "END:VCALENDAR", "",
    ];
    return Calendar.Load(string.Join("\r\n", lines))!.Events[0].DtStart!.AsUtc.ToString("HH:mm 'UTC'");
}
CS
dotnet run -c Release -v q
