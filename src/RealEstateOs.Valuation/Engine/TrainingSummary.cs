namespace RealEstateOs.Valuation.Engine;

/// <summary>What a training learned from and how it did on the sales it held back: the figures kept with the model's version.</summary>
/// <param name="AsOf">Day of the last sale that it learned from.</param>
/// <param name="Sales">Sales that it learned from.</param>
public sealed record TrainingSummary(DateOnly AsOf, int Sales, HeldOutAccuracy? Ready, HeldOutAccuracy? OffPlan)
{
    internal static TrainingSummary Of(int sales, DateOnly asOf, IReadOnlyList<HeldOut> cases) =>
        new(asOf, sales, HeldOutAccuracy.Of(cases, false), HeldOutAccuracy.Of(cases, true));

    internal void Write(BinaryWriter to)
    {
        to.Write(AsOf.DayNumber);
        to.Write(Sales);
        HeldOutAccuracy.Write(to, Ready);
        HeldOutAccuracy.Write(to, OffPlan);
    }

    internal static TrainingSummary Read(BinaryReader from) =>
        new(DateOnly.FromDayNumber(from.ReadInt32()), from.ReadInt32(), HeldOutAccuracy.Read(from), HeldOutAccuracy.Read(from));
}

/// <summary>Accuracy on held-out sales: median absolute error, share within ten and twenty percent.</summary>
/// <param name="Cases">Held-out sales that it was measured on.</param>
/// <param name="MedianAbsoluteError">As a share of the price: half of the estimates were nearer than this.</param>
/// <param name="Within10">Share of the estimates within ten percent of the price, 0 to 1.</param>
/// <param name="Within20">Share of the estimates within twenty percent of the price, 0 to 1.</param>
public sealed record HeldOutAccuracy(int Cases, double MedianAbsoluteError, double Within10, double Within20)
{
    internal static HeldOutAccuracy? Of(IReadOnlyList<HeldOut> cases, bool offPlan)
    {
        var errors = cases.Where(c => c.OffPlan == offPlan).Select(c => Math.Abs(Math.Exp(-c.Residual) - 1)).ToArray();
        if (errors.Length == 0) return null;
        return new(errors.Length, Numbers.Median(errors), errors.Count(e => e <= 0.1) / (double)errors.Length,
            errors.Count(e => e <= 0.2) / (double)errors.Length);
    }

    internal static void Write(BinaryWriter to, HeldOutAccuracy? value)
    {
        to.Write(value is not null);
        if (value is null) return;
        to.Write(value.Cases);
        to.Write(value.MedianAbsoluteError);
        to.Write(value.Within10);
        to.Write(value.Within20);
    }

    internal static HeldOutAccuracy? Read(BinaryReader from) =>
        from.ReadBoolean() ? new(from.ReadInt32(), from.ReadDouble(), from.ReadDouble(), from.ReadDouble()) : null;
}
