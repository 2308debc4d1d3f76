#!/usr/bin/env bash
# NetTopologySuite.IO.VectorTiles.Mapbox 1.1.0 leaves a decimal out of the tile, and dates and enums with it: neither value nor name is
# written, and nothing is raised, while double, long, bool and string of the same listing are there. .NET keeps money in decimal, so it
# is just the price that the map doesn't know: a map that filters by price shows no home. Who makes tiles turns it into a double, and a
# date into a text. Fails when one of the three is written, or another is lost.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="NetTopologySuite.IO.VectorTiles.Mapbox" Version="1.1.0" />
    <PackageReference Include="protobuf-net" Version="3.4.40" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Text;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.VectorTiles;
using NetTopologySuite.IO.VectorTiles.Mapbox;
using WebTile = NetTopologySuite.IO.VectorTiles.Tiles.Tile;

var listing = new AttributesTable
{
    { "price", 1_250_000m }, { "priceAsDouble", 1_250_000d }, { "listed", new DateTime(2026, 11, 29) }, { "kind", DayOfWeek.Sunday },
    { "permit", 20250000537099L }, { "bedrooms", 0 }, { "furnished", false }, { "unit", "1204-A" },
};
var layer = new Layer { Name = "listings" };
layer.Features.Add(new Feature(new Point(55.27, 25.2), listing));
var tile = new VectorTile { TileId = WebTile.CreateAroundLocationId(25.2, 55.27, 12), Layers = { layer } };
using var written = new MemoryStream();
tile.Write(written, 1u, 2u);
var text = Encoding.Latin1.GetString(written.ToArray());
written.Position = 0;
var read = new MapboxTileReader().Read(written, new WebTile(tile.TileId)).Layers.Single().Features.Single().Attributes;

Console.WriteLine("NetTopologySuite.IO.VectorTiles.Mapbox 1.1.0");
foreach (var name in listing.GetNames())
{
    Console.WriteLine($"{name,-14} {listing[name].GetType().Name,-10} {(read.Exists(name) ? read[name] : "not in the tile")}");
}
string[] lost = ["price", "listed", "kind"];
return listing.GetNames().Where(n => !read.Exists(n)).SequenceEqual(lost) && !text.Contains("listed") && !text.Contains("kind") ? 0 : 1;
CS
dotnet run -c Release -v q
