using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Properties;

/// <summary>Properties around a place, the nearest first.</summary>
public sealed partial class SurroundingsTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Fact]
    public async Task What_lies_around_a_place_comes_by_its_distance()
    {
        var office = await server.NewOfficeAsync();
        var marina = await HomeAsync(office, 25.0805, 55.1403);
        var downtown = await HomeAsync(office, 25.1972, 55.2744);
        var palm = await HomeAsync(office, 25.1124, 55.1390);
        await HomeAsync(office, 24.4539, 54.3773); // Abu Dhabi
        await office.NewPropertyAsync();
        var near = (await office.Admin.GetAsync($"{Path}?near=25.0805,55.1403&radius_km=20")).Must(200).Items();
        Assert.Equal([marina, palm, downtown], near.Select(p => p.Id()));
        Assert.Equal(0m, near[0].Number("distance_km"));
        Assert.InRange(near[1].Number("distance_km"), 3.5m, 3.6m);
        Assert.InRange(near[2].Number("distance_km"), 18.6m, 18.9m);
        Assert.Equal([marina, palm], (await office.Admin.GetAsync($"{Path}?near=25.0805,55.1403")).Must(200).Items().Select(p => p.Id()));
        Assert.True((await office.Admin.GetAsync($"{Path}/{marina}")).Must(200).IsNull("distance_km"));
    }

    [Fact]
    public async Task Pages_go_on_by_distance_filters_narrow_and_another_order_may_be_asked_for()
    {
        var office = await server.NewOfficeAsync();
        var homes = new List<long>();
        for (var i = 0; i < 5; i++) homes.Add(await HomeAsync(office, 51.5 + (i / 1000.0), -0.12, ("price", 100 - i), ("bedrooms", i)));
        var first = await office.Admin.GetAsync($"{Path}?near=51.5,-0.12&limit=2");
        Assert.Equal(homes[..2], first.Must(200).Items().Select(p => p.Id()));
        Assert.Equal("5", first.Header("X-Total-Count"));
        var next = await office.Admin.GetAsync(NextLink().Match(first.Header("Link")!).Groups[1].Value);
        Assert.Equal(homes[2..4], next.Must(200).Items().Select(p => p.Id()));
        Assert.Equal(homes[3..],
            (await office.Admin.GetAsync($"{Path}?near=51.5,-0.12&min_bedrooms=3")).Must(200).Items().Select(p => p.Id()));
        Assert.Equal(Enumerable.Reverse(homes),
            (await office.Admin.GetAsync($"{Path}?near=51.5,-0.12&sort=price")).Must(200).Items().Select(p => p.Id()));
    }

    [Theory]
    [InlineData(-17.0, 179.99, -17.0, -179.99)] // Fiji lies on both sides of the 180th meridian
    [InlineData(-17.0, -179.99, -17.0, 179.99)]
    [InlineData(89.99, 0.0, 89.99, 180.0)]
    public async Task The_date_line_and_the_poles_part_nobody(double latitude, double longitude, double otherLatitude,
        double otherLongitude)
    {
        var office = await server.NewOfficeAsync();
        var home = await HomeAsync(office, otherLatitude, otherLongitude);
        var found = (await office.Admin.GetAsync(FormattableString.Invariant($"{Path}?near={latitude},{longitude}"))).Must(200).Items();
        Assert.Equal(home, Assert.Single(found).Id());
        Assert.InRange(found[0].Number("distance_km"), 1m, 3m);
    }

    [Fact]
    public async Task A_place_that_is_none_is_refused_with_all_other_faults()
    {
        var admin = (await server.NewOfficeAsync()).Admin;
        Assert.Equal(["near", "price__gte", "radius_km"],
            (await admin.GetAsync($"{Path}?near=here&radius_km=0&price__gte=much")).MustNameFields().Order());
        Assert.Equal(["near"], (await admin.GetAsync($"{Path}?near=95,10")).MustNameFields());
        Assert.Equal(["near"], (await admin.GetAsync($"{Path}?radius_km=5")).MustNameFields());
        Assert.Equal(["sort"], (await admin.GetAsync($"{Path}?sort=distance")).MustNameFields());
    }

    private static Task<long> HomeAsync(Office office, double latitude, double longitude, params (string Name, object? Value)[] members) =>
        office.NewPropertyAsync(Samples.Property([("latitude", latitude), ("longitude", longitude), .. members]));

    [GeneratedRegex("<([^>]+)>; rel=\"next\"")]
    private static partial Regex NextLink();
}
