namespace RealEstateOs.Cma.Market;

/// <summary>Section <c>Cma</c> of the configuration.</summary>
internal sealed class MarketOptions
{
    /// <summary>The market that is meant where a request names none.</summary>
    public string Market { get; set; } = "dubai";

    /// <summary>Load the invented sample market where there is none at all? By default in Development only.</summary>
    public bool? SampleMarket { get; set; }

    public int SampleSales { get; set; } = 10_000;

    public int SampleRents { get; set; } = 8_000;

    /// <summary>How far back sales are held in memory and taught.</summary>
    public int HistoryMonths { get; set; } = 36;

    /// <summary>How long a request waits for the first model after a start before it is asked to come back.</summary>
    public TimeSpan PatienceAtStart { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How soon a model that another host trained is seen here.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan DownloadLinks { get; set; } = TimeSpan.FromDays(7);
}
