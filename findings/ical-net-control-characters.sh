#!/usr/bin/env bash
# Ical.Net 5.2.4 writes calendars that it can't read: a control character in a text (pasted from a terminal or a PDF), which RFC 5545 (3.3.11,
# CONTROL and TSAFE-CHAR) has in no calendar, goes into the file as it is, while commas and semicolons of the same text are escaped; reading that
# file by the same package raises a SerializationException for the whole calendar. Whoever publishes what people have pasted takes them out first.
# Fails when the character is no longer written, or when the file can be read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Ical.Net" Version="5.2.4" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

const string Pasted = "Keys at the desk,\u0007 ring twice; ask for Sara";
var calendar = new Calendar();
calendar.Events.Add(new CalendarEvent
{
    Uid = "viewing-1@example.com", Summary = "Viewing", Description = Pasted, Start = new CalDateTime(2026, 12, 1, 10, 0, 0, "UTC"),
});
var written = new CalendarSerializer().SerializeToString(calendar)!;
var line = written.Split("\r\n").Single(l => l.StartsWith("DESCRIPTION"));
Console.WriteLine($"Ical.Net {typeof(Calendar).Assembly.GetName().Version}");
Console.WriteLine("written: " + line.Replace("\u0007", "<U+0007>"));
string answer;
try
{
    answer = $"{Calendar.Load(written)!.Events.Count} event";
}
catch (Exception exception)
{
    answer = exception.GetType().Name;
}
Console.WriteLine("read:    " + answer);
return line.Contains('\u0007') && line.Contains("\\,") && line.Contains("\\;") && answer == "SerializationException" ? 0 : 1;
CS
dotnet run -c Release -v q
