using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Values homes of one market from its registered sales. Train it once (minutes apart or nights apart), ask it from any thread.
/// <see cref="Save"/> keeps what was learned; <see cref="Load"/> puts it on top of the sales known then, newer ones included.
/// </summary>
internal sealed class ValuationEngine
{
    /// <summary>Fewer sales of the same kind and state around the place than this, and there is no valuation.</summary>
    public const int MinEvidence = 3;
    private const int MinSalesToTrain = 200;
    private const int Format = 3;

    private readonly SaleTable _table;
    private readonly PointModel _model;
    private readonly Calibration _calibration;
    private readonly PlaceFinder _places;
    private readonly KnownRange _range;
    private readonly ThreadLocal<LocalEvidence> _evidence;
    private readonly RangeRecord _record;
    private readonly int _learnedUntil;

    private ValuationEngine(SaleTable table, PointModel model, Calibration calibration, DateOnly asOf, TrainingSummary summary,
        int learnedUntil)
    {
        (_table, _model, _calibration, AsOf, Summary, _learnedUntil) = (table, model, calibration, asOf, summary, learnedUntil);
        model.Adjust(table);
        _places = new(table);
        _range = new(table);
        _evidence = new(() => new LocalEvidence(_table, _model.City));
        _record = RangeRecord.Of(ModelTrainer.JudgeAfter(learnedUntil, table, model), calibration);
    }

    /// <summary>The day the engine stands on: it knows no later sale, and values on this day where nothing else is asked.</summary>
    public DateOnly AsOf { get; }
    public TrainingSummary Summary { get; }
    public DateOnly DataUntil => DateOnly.FromDayNumber(_table.Day[^1]);
    /// <summary>Areas with enough sales to value homes in.</summary>
    public IReadOnlyList<CoveredArea> CoveredAreas => _places.Covered;

    /// <summary>Learns from all sales up to a day. Sales set aside or implausible are ignored, whoever hands them over.</summary>
    /// <exception cref="InsufficientSalesException">There are too few sales to learn from.</exception>
    public static ValuationEngine Train(IReadOnlyList<Sale> sales, DateOnly asOf, TrainingOptions? options = null,
        CancellationToken ct = default)
    {
        options ??= new();
        var table = new SaleTable(sales, asOf);
        if (table.Count < MinSalesToTrain) throw new InsufficientSalesException(table.Count, MinSalesToTrain);
        var heldOut = ModelTrainer.HoldOut(table, sales, options, ct);
        if (heldOut.Count < 50) throw new InsufficientSalesException(table.Count, MinSalesToTrain);
        var calibration = Calibration.Fit(heldOut, ct);
        var model = ModelTrainer.Train(table, options, null, ct);
        return new(table, model, calibration, asOf, TrainingSummary.Of(table.Count, asOf, heldOut), table.Day[^1]);
    }

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        using (var to = new BinaryWriter(zip))
        {
            to.Write(Format);
            to.Write(_learnedUntil);
            Summary.Write(to);
            _model.Write(to);
            _calibration.Write(to);
        }
        return stream.ToArray();
    }

    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <param name="evidence">The sales known now; they may be newer than the model.</param>
    /// <param name="asOf">The day to stand on.</param>
    public static ValuationEngine Load(byte[] saved, IReadOnlyList<Sale> evidence, DateOnly asOf)
    {
        using var from = new BinaryReader(new System.IO.Compression.BrotliStream(new MemoryStream(saved),
            System.IO.Compression.CompressionMode.Decompress));
        var format = from.ReadInt32();
        if (format != Format)
            throw new InvalidDataException($"The saved model has format {format}; this engine reads {Format}. Train it again.");
        var learnedUntil = from.ReadInt32();
        var summary = TrainingSummary.Read(from);
        var model = PointModel.Read(from);
        var calibration = Calibration.Read(from);
        var table = new SaleTable(evidence, asOf);
        if (table.Count == 0) throw new InsufficientSalesException(0, 1);
        return new(table, model, calibration, asOf, summary, learnedUntil);
    }

    /// <summary>What the home is worth, or which places near it could be valued.</summary>
    public ValuationAnswer Value(SubjectProperty property, ComparableQuery? query = null)
    {
        var place = _places.Find(property);
        if (place.Missing is { } missing) return missing;
        var subject = SubjectOf(property, place);
        Span<float> features = stackalloc float[Features.Count];
        var point = _model.Predict(subject, _evidence.Value!, features);
        var outside = _range.Outside(property, place);
        var trust = outside is null ? _calibration.Of(features, property.OffPlan) : _calibration.Least(features, property.OffPlan);
        var halfWidth = trust.HalfWidth * _record.Widening(property.Kind, property.OffPlan, trust.Class, subject.Day);
        var estimate = Math.Exp(point.LogPpsm) * property.SizeSqm;
        var evidence = new EvidenceCount((int)Known(features[Features.ProjectAll]), place.AreaSales,
            (int)Known(features[Features.ProjectExactCount]));
        var comparables = new ComparableFinder(_table, _model).Find(subject, property, query ?? new());
        return new HomeValuation
        {
            Currency = _table.Sales[^1].Currency,
            On = property.On ?? AsOf,
            Estimate = Rounded(estimate),
            RangeLow = Rounded(estimate * Math.Exp(-halfWidth)),
            RangeHigh = Rounded(estimate * Math.Exp(halfWidth)),
            Confidence = Math.Round(trust.Within10, 3),
            ConfidenceClass = trust.Class,
            Fsd = Math.Round(trust.Fsd, 4),
            ConfidenceCases = trust.Cases,
            PricePerSqm = estimate / property.SizeSqm,
            Evidence = evidence,
            Comparables = comparables,
            Explanation = PriceExplanation.Of(point, property.SizeSqm, Rounded(estimate)),
            Notes = [.. outside is null ? [] : new[] { outside }, .. ValuationNotes.Of(property, evidence, comparables, trust, place)],
            IsOutside = outside is not null,
            DataUntil = DataUntil,
        };
    }

    /// <summary>The comparables alone; empty where the place is not covered.</summary>
    public IReadOnlyList<ComparableSale> Comparables(SubjectProperty property, ComparableQuery? query = null)
    {
        var place = _places.Find(property);
        return place.Missing is not null ? [] : new ComparableFinder(_table, _model).Find(SubjectOf(property, place), property,
            query ?? new());
    }

    private Subject SubjectOf(SubjectProperty property, Place place)
    {
        var on = property.On ?? AsOf;
        var (family, brand) = ProjectFamily.Of(property.Project);
        return new()
        {
            Cell = SaleTable.CellOf(property.Kind, property.OffPlan),
            Area = place.Area,
            Project = place.Project,
            Family = _table.FamilyNumber(place.Area, family),
            Brand = _table.FamilyNumber(place.Area, brand),
            Traits = TraitVector.Of(property.SizeSqm, property.Bedrooms, property.Traits, on.Year),
            Day = on.DayNumber,
            // Half a place is none.
            Latitude = (float)(property.Longitude is null ? double.NaN : property.Latitude ?? double.NaN),
            Longitude = (float)(property.Latitude is null ? double.NaN : property.Longitude ?? double.NaN),
            FreeHold = Subject.FreeHoldOf(property.FreeHold),
            // A valuation for a past day knows only what was registered before it, unless the model was made to fill gaps in time.
            Cutoff = !_model.SameTime && on <= AsOf ? on.DayNumber + (property.Except is null ? 0 : 1) : int.MaxValue,
            Self = property.Except is { } except ? _table.RowOf(except) : -1,
            Property = -1,
        };
    }

    private static float Known(float count) => float.IsNaN(count) ? 0 : count;

    /// <summary>Four significant digits: more would claim a precision that no estimate has.</summary>
    private static decimal Rounded(double amount)
    {
        if (!(amount > 0)) return 0;
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(amount)) - 3));
        return (decimal)(Math.Round(amount / unit) * unit);
    }
}

/// <summary>A market with too few sales to learn from.</summary>
internal sealed class InsufficientSalesException(int found, int needed)
    : Exception($"Only {found} usable sales; a valuation model needs at least {needed}.")
{
    public int Found => found;
    public int Needed => needed;
}
