using System.Text;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class SaleFileTests
{
    private const string Gateway = "TRANSACTION_NUMBER,INSTANCE_DATE,PROCEDURE_EN,IS_OFFPLAN,IS_FREE_HOLD,AREA_EN,TRANS_VALUE,ACTUAL_AREA,PROCEDURE_AREA,USAGE_EN,PROP_TYPE_EN,PROP_SB_TYPE_EN,ROOMS_EN,PROJECT_EN,MASTER_PROJECT_EN\n";

    [Fact]
    public async Task The_gateway_export_is_read_with_byte_order_mark_and_quoted_line_breaks()
    {
        var rows = await Read("\uFEFF" + Gateway +
            "11-1-2026,2026-01-05T10:00:00,Sale,0,1,MARSA DUBAI,1500000,80,80,Residential,Unit,Flat,1 B/R,\"Tower\nOne\",\n" +
            "11-2-2026,2026-01-06T10:00:00,Sale,0,1,DUBAI MARINA,1500000,80,80,Residential,Unit,Flat,NA,=SUM(A1),\n");
        Assert.All(rows, r => Assert.Null(r.Refusal));
        Assert.Equal("Tower One", rows[0].Sale!.Project);
        Assert.Equal(["Dubai Marina", "Dubai Marina"], rows.Select(r => r.Sale!.Area));
        Assert.Equal([2, 4], rows.Select(r => r.Line));
        Assert.Equal(1, rows[0].Sale!.Bedrooms);
        Assert.Null(rows[1].Sale!.Rooms);
        Assert.Equal("=SUM(A1)", rows[1].Sale!.Project);
    }

    [Theory]
    [InlineData("Sale", "1500000", "80", "60", nameof(SetAsideReason.PartShare))]
    [InlineData("Development Registration", "1500000", "80", "80", nameof(SetAsideReason.DevelopmentRegistration))]
    [InlineData("Lease to Own Registration", "1500000", "80", "80", nameof(SetAsideReason.OtherProcedure))]
    [InlineData("Sale", "1", "80", "80", nameof(SetAsideReason.ImplausiblePrice))]
    [InlineData("Sale", "1000000000000", "80", "80", nameof(SetAsideReason.ImplausiblePrice))]
    [InlineData("Sale", "1500000", "0", "0", nameof(SetAsideReason.ImplausibleSize))]
    [InlineData("Sale", "60000", "1900", "1900", nameof(SetAsideReason.ImplausiblePricePerSqm))]
    [InlineData("Delayed Sell", "1500000", "80", "80", nameof(SetAsideReason.None))]
    public async Task What_is_no_market_sale_is_set_aside_with_the_reason(string procedure, string price, string size, string registered,
        string reason)
    {
        var rows = await Read(Gateway
            + $"11-1-2026,2026-01-05T10:00:00,{procedure},0,1,JVC,{price},{size},{registered},Residential,Unit,Flat,1 B/R,,\n");
        Assert.Equal(reason, rows.Single().Sale!.SetAside.ToString());
    }

    [Fact]
    public async Task A_sale_of_the_year_2090_is_set_aside()
    {
        var rows = await Read(Gateway + "11-1-2026,2090-01-05T10:00:00,Sale,0,1,JVC,1500000,80,80,Residential,Unit,Flat,1 B/R,,\n");
        Assert.Equal(SetAsideReason.FutureDate, rows.Single().Sale!.SetAside);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_refused_with_line_and_reason()
    {
        var rows = await Read(Gateway +
            "11-1-2026,yesterday,Sale,0,1,JVC,1500000,80,80,Residential,Unit,Flat,1 B/R,,\n" +
            "11-2-2026,2026-01-05T10:00:00,Sale,0,1,JVC,much,80,80,Residential,Unit,Flat,1 B/R,,\n" +
            ",2026-01-05T10:00:00,Sale,0,1,JVC,1500000,80,80,Residential,Unit,Flat,1 B/R,,\n");
        Assert.All(rows, r => Assert.Null(r.Sale));
        Assert.Equal([2, 3, 4], rows.Select(r => r.Line));
        Assert.Contains("yesterday", rows[0].Refusal, StringComparison.Ordinal);
        Assert.Contains("much", rows[1].Refusal, StringComparison.Ordinal);
        Assert.Contains("transaction number", rows[2].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dubai_Pulse_and_the_web_table_are_read_by_the_same_reader()
    {
        var pulse =
            await Read("transaction_id,trans_group_en,procedure_name_en,instance_date,property_type_en,property_sub_type_en,property_usage_en,reg_type_en,area_name_en,building_name_en,project_name_en,rooms_en,procedure_area,actual_worth,meter_sale_price\n" +
                "1-11-2017-4836,Sales,Sell,05-04-2017,Unit,Flat,Residential,Existing Properties,Burj Khalifa,Tower B,Old Town,2 B/R,120,2400000,20000\n" +
                "2-13-2017-1,Mortgages,Mortgage Registration,05-04-2017,Unit,Flat,Residential,Off-Plan Properties,Burj Khalifa,,,2 B/R,120,2400000,20000\n");
        Assert.Equal("Downtown Dubai", pulse[0].Sale!.Area);
        Assert.Equal(new DateOnly(2017, 4, 5), pulse[0].Sale!.Date);
        Assert.False(pulse[0].Sale!.OffPlan);
        Assert.True(pulse[0].Sale!.IsArmsLength);
        Assert.Equal(SetAsideReason.OtherProcedure, pulse[1].Sale!.SetAside);
        Assert.True(pulse[1].Sale!.OffPlan);

        var web =
            await Read("Transaction Number,Transaction Date,Transaction Type,Transaction sub type,Registration type,Is Free Hold?,Usage,Area,Property Type,Property Sub Type,Amount,Transaction Size (sq.m),Property Size (sq.m),Room(s),Project\n" +
                "102-1-2024,23/01/2024,Sales,Sell - Pre registration,Off-Plan,Free Hold,Residential,MAJAN,Unit,Flat,1156680.00,66.48,66.48,Studio,Some Views\n");
        Assert.Equal(new DateOnly(2024, 1, 23), web[0].Sale!.Date);
        Assert.Equal((true, true, 0, 66.48), (web[0].Sale!.OffPlan, web[0].Sale!.FreeHold, web[0].Sale!.Bedrooms, web[0].Sale!.SizeSqm));
    }

    [Fact]
    public async Task A_generic_list_of_houses_is_read_with_its_traits()
    {
        var rows =
            await Read("id,date,price,bedrooms,bathrooms,sqft_living,sqft_lot,floors,waterfront,view,condition,grade,sqft_above,yr_built,yr_renovated,zipcode,lat,long\n" +
                "7237550310,20140512T000000,1.23E+06,4,4.5,5420,101930,1,0,0,3,11,3890,2001,0,98053,47.6561,-122.005\n");
        var house = rows.Single().Sale!;
        Assert.Equal((1_230_000m, PropertyKind.House, "98053", 4), (house.Price, house.Kind, house.Area, house.Bedrooms));
        Assert.Equal(5420 / Units.SqftPerSqm, house.SizeSqm, 6);
        Assert.Equal(11, house.Traits!.Grade);
        Assert.Equal("7237550310", house.PropertyNumber);
    }

    [Fact]
    public async Task A_header_without_the_needed_columns_says_which()
    {
        var rows = await Read("a,b\n1,2\n");
        Assert.Contains("date, price, size, area", rows.Single().Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_number_is_new_once()
    {
        var seen = new SeenTransactions();
        Assert.True(seen.IsNew("11-1-2026"));
        Assert.False(seen.IsNew("11-1-2026"));
        Assert.True(seen.IsNew("11-2-2026"));
    }

    private static async Task<List<SaleRow>> Read(string text)
    {
        var rows = new List<SaleRow>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var row in SaleFileReader.Read(stream, new() { Today = new(2026, 6, 30) }, TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }
}

public sealed class BulkDealTests
{
    [Fact]
    public void Ten_ready_homes_at_one_rate_on_one_day_are_one_deal_and_an_off_plan_price_list_is_not()
    {
        var home = SampleMarket.Sales(new(2026, 6, 30), 500).First(s => !s.OffPlan);
        List<Sale> block = [.. Enumerable.Range(0, 12).Select(i => home with { TransactionNumber = $"T{i}" })];
        Assert.Equal(11, BulkDeals.Marked(block).Count(s => s.SetAside == SetAsideReason.BulkDeal));
        Assert.Empty(BulkDeals.Repeats([.. block.Take(9)]));
        Assert.Empty(BulkDeals.Repeats([.. block.Select(s => s with { OffPlan = true })]));
    }
}
