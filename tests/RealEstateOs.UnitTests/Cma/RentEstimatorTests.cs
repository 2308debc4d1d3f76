using System.IO.Compression;
using System.Text;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class RentEstimatorTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);
    private static readonly SubjectProperty Flat = new() { Area = "Marsa Dubai", Kind = PropertyKind.Flat, SizeSqm = 75, Bedrooms = 1 };

    [Fact]
    public void A_rent_stands_on_contracts_and_carries_a_plausible_yield()
    {
        var rent = new RentEstimator(SampleMarket.Rents(Today), Today).Estimate(Flat);
        Assert.NotNull(rent);
        Assert.InRange(rent.AnnualRent, rent.RangeLow, rent.RangeHigh);
        Assert.True(rent.Contracts >= RentEstimator.MinContracts);
        Assert.InRange(rent.GrossYield(1_500_000)!.Value, 0.04, 0.09);
        Assert.Null(rent.GrossYield(0));
    }

    [Fact]
    public void Without_contracts_there_is_no_rent()
    {
        var estimator = new RentEstimator(SampleMarket.Rents(Today), Today);
        Assert.Null(estimator.Estimate(Flat with { Area = "Nowhere" }));
        Assert.Null(estimator.Estimate(Flat with { Kind = PropertyKind.Villa }));
    }

    [Fact]
    public void Poisoned_contracts_do_not_move_a_rent()
    {
        var contracts = SampleMarket.Rents(Today);
        var before = new RentEstimator(contracts, Today).Estimate(Flat);
        var one = contracts.First(c => c.Area == "Dubai Marina");
        contracts.AddRange(Enumerable.Range(0, 500).Select(i => one with { AnnualRent = 1e12m, SetAside = "implausible rent" }));
        contracts.AddRange(Enumerable.Range(0, 500).Select(i => one with { RegisteredOn = new(2090, 1, 1) }));
        contracts.AddRange(Enumerable.Range(0, 500).Select(i => one with { SizeSqm = 0 }));
        Assert.Equal(before, new RentEstimator(contracts, Today).Estimate(Flat));
    }

    [Fact]
    public async Task Ejari_lines_are_read_gzipped_and_what_is_odd_is_set_aside_or_refused()
    {
        var lines = """
            {"REGISTRATION_DATE": "2026-01-14T10:18:33", "START_DATE": "2026-01-01T00:00:00", "END_DATE": "2026-12-31T00:00:00", "VERSION_EN": "Renewed", "AREA_EN": "MARSA DUBAI", "ANNUAL_AMOUNT": 97000, "ACTUAL_AREA": 80.5, "PROP_TYPE_EN": "Unit", "PROP_SUB_TYPE_EN": "Flat", "USAGE_EN": "Residential", "PROJECT_EN": null, "ROOMS": null}
            {"REGISTRATION_DATE": "2026-01-14T10:18:33", "START_DATE": "2026-01-01T00:00:00", "END_DATE": "2026-03-31T00:00:00", "AREA_EN": "JVC", "ANNUAL_AMOUNT": 97000, "ACTUAL_AREA": 80.5, "PROP_SUB_TYPE_EN": "Flat"}
            not json
            {"REGISTRATION_DATE": "2026-01-14T10:18:33", "AREA_EN": "JVC", "ACTUAL_AREA": 80.5}
            """;
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(Encoding.UTF8.GetBytes(lines), TestContext.Current.CancellationToken);
        packed.Position = 0;
        var rows = new List<RentRow>();
        await foreach (var row in EjariReader.Read(packed, Today, ct: TestContext.Current.CancellationToken)) rows.Add(row);
        Assert.Equal(("Dubai Marina", true, 97_000m, (string?)null),
            (rows[0].Contract!.Area, rows[0].Contract!.Renewal, rows[0].Contract!.AnnualRent, rows[0].Contract!.SetAside));
        Assert.Equal("not a contract for a year", rows[1].Contract!.SetAside);
        Assert.Equal([3, 4], rows.Where(r => r.Refusal is not null).Select(r => r.Line));
    }

    [Fact]
    public async Task Contracts_of_dubai_pulse_are_read_from_csv()
    {
        const string csv =
            """
            contract_id,contract_reg_type_en,contract_start_date,contract_end_date,annual_amount,ejari_property_type_en,ejari_property_sub_type_en,property_usage_en,project_name_en,area_name_en,actual_area
            CNT1,Renew,01-02-2026,31-01-2027,"120,000",Flat,2 bed rooms+hall,Residential,"Marina ""A""
            Tower",Marsa Dubai,101.5
            CNT2,New,01-02-2026,31-01-2027,,Flat,Studio,Residential,,JVC,40
            """;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var rows = new List<RentRow>();
        await foreach (var row in EjariReader.Read(file, new(2026, 6, 30), ct: TestContext.Current.CancellationToken)) rows.Add(row);
        var contract = rows[0].Contract!;
        Assert.Equal(("Dubai Marina", 2, PropertyKind.Flat, 120_000m, true),
            (contract.Area, contract.Bedrooms, contract.Kind, contract.AnnualRent, contract.Renewal));
        Assert.Equal(("Marina \"A\" Tower", new DateOnly(2026, 2, 1), (string?)null),
            (contract.Project, contract.RegisteredOn, contract.SetAside));
        Assert.Equal((4, "The annual rent is missing."), (rows[1].Line, rows[1].Refusal));
    }
}
