using System.Globalization;
using System.Net;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Analytics.Daily;

internal static class DailyReportMail
{
    public static Mail To(Person reader, DateOnly day, DayFigures figures, OrganizationDefaults office)
    {
        var lines = Lines(figures, office.Currency).ToList();
        var title = string.Create(CultureInfo.InvariantCulture, $"{office.Name}: {day:dddd, d MMMM yyyy}");
        const string end =
            "You get this mail because your role may read the daily report. An administrator can take the permission reports:daily off it.";
        var rows = string.Concat(lines.Select(l =>
            $"<tr><td style=\"padding:4px 16px 4px 0\">{l.Name}</td><td style=\"text-align:right\"><b>{WebUtility.HtmlEncode(l.Value)}</b></td></tr>"));
        return new Mail(reader.Email, title, $"{title}\n\n{string.Concat(lines.Select(l => $"{l.Name}: {l.Value}\n"))}\n-- \n{end}\n")
        {
            ToName = reader.FullName, Html =
                $"<h2>{WebUtility.HtmlEncode(title)}</h2><table>{rows}</table><p style=\"color:#777;font-size:12px\">{end}</p>",
        };
    }

    private static IEnumerable<(string Name, string Value)> Lines(DayFigures f, string currency)
    {
        yield return ("New leads", Count(f.NewLeads));
        yield return ("New leads without an agent, now", Count(f.LeadsWithoutAgent));
        yield return ("Activities done", Count(f.Activities));
        yield return ("New listings", Count(f.NewListings));
        yield return ("New deals", Count(f.NewDeals));
        yield return ("Deals won", Count(f.Won));
        if (f.Won > f.WonHere) yield return ("Of these in other currencies, in no amount", Count(f.Won - f.WonHere));
        if (f.WonHere > 0) yield return ($"Their value in {currency}", Money(f.WonValue));
        if (f.WonHere > f.WithCommission) yield return ("Of these without a commission rate", Count(f.WonHere - f.WithCommission));
        if (f.WonCommission is { } commission) yield return ($"Gross commission in {currency}", Money(commission));
        yield return ("Deals lost", Count(f.Lost));
        yield return ("Viewings today", Count(f.ViewingsToday));
        yield return ("Other activities due by tonight", Count(f.FollowUpsDue));
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
