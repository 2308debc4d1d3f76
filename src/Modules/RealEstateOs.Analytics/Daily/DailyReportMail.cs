using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Analytics.Daily;

internal static class DailyReportMail
{
    public static Mail To(Person reader, DateOnly day, DayFigures figures, string currency, OrganizationBrand office)
    {
        var w = DailyWords.Of(office.Locale);
        var lines = Lines(figures, currency, w).ToList();
        var title = $"{office.Name}: {w.Weekday(day)}";
        return new OfficeMail(office, w).To(reader, title, $"{title}\n\n{string.Concat(lines.Select(l => $"{l.Name}: {l.Value}\n"))}",
            OfficeMail.Table(lines), w["foot"], w.Weekday(day));
    }

    private static IEnumerable<(string Name, string Value)> Lines(DayFigures f, string currency, DailyWords w)
    {
        yield return (w["leads"], Count(f.NewLeads));
        yield return (w["without_agent"], Count(f.LeadsWithoutAgent));
        yield return (w["activities"], Count(f.Activities));
        yield return (w["listings"], Count(f.NewListings));
        yield return (w["deals"], Count(f.NewDeals));
        yield return (w["won"], Count(f.Won));
        if (f.Won > f.WonHere) yield return (w["won_elsewhere"], Count(f.Won - f.WonHere));
        if (f.WonHere > 0) yield return (w.Say("value", currency), Money(f.WonValue));
        if (f.WonHere > f.WithCommission) yield return (w["without_rate"], Count(f.WonHere - f.WithCommission));
        if (f.WonCommission is { } commission) yield return (w.Say("commission", currency), Money(commission));
        yield return (w["lost"], Count(f.Lost));
        yield return (w["viewings"], Count(f.ViewingsToday));
        yield return (w["due"], Count(f.FollowUpsDue));
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
