using System.Text;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Operations.Notices;

/// <param name="Reference">The record that it is about; null for what was gathered before that was kept.</param>
internal sealed record Notice(string Title, string Text, string? Reference);

/// <summary>What was gathered for one reader, as one mail; a line leads to its record where people have an application for that.</summary>
internal static class NoticeMail
{
    private const int MostLines = 50;

    public static Mail To(Person reader, IReadOnlyList<Notice> notices, OrganizationBrand office, PublicAddress address)
    {
        var w = NoticeWords.Of(office.Locale);
        var groups = notices.GroupBy(n => n.Title).ToArray();
        var (text, html) = (new StringBuilder(w.Say("hello", reader.FullName)).Append('\n'), new List<Html>());
        foreach (var group in groups)
        {
            var (title, shown) = (w.Say("count", group.Key, group.Count()), group.Take(MostLines).ToArray());
            var more = group.Count() > MostLines ? w.Say("more", group.Count() - MostLines) : null;
            text.Append($"\n{title}:\n");
            foreach (var notice in shown)
                text.Append($"  {notice.Text}{(LinkOf(notice, address) is { } link ? $"\n  {link}" : "")}\n");
            if (more is not null) text.Append($"  {more}\n");
            html.Add(Html.Of($"""
                <h2 style="font-size:16px;margin:24px 0 8px">{title}</h2>
                <ul style="margin:0;padding-inline-start:20px">{shown.Select(n => Line(n, address))}</ul>{Paragraph(more)}
                """));
        }
        var subject = string.Join("; ", groups.Select(g => g.Count() == 1 ? $"{g.Key}: {g.First().Text}" : $"{g.Key}: {g.Count()}"));
        return new OfficeMail(office, w).To(reader, subject.Length <= 150 ? subject : subject.Shortened(149) + "…", text.ToString(),
            Html.Of($"<p>{w.Say("hello", reader.FullName)}</p>{html}"), w["foot"], w["heading"]);
    }

    private static string? LinkOf(Notice notice, PublicAddress address) => notice.Reference is { } about ? address.OfRecord(about) : null;

    private static Html Paragraph(string? text) => text is null ? Html.Empty : Html.Of($"<p>{text}</p>");

    private static Html Line(Notice notice, PublicAddress address) => LinkOf(notice, address) is { } link
        ? Html.Of($"<li style=\"margin:6px 0\"><a href=\"{link}\"><bdi>{notice.Text}</bdi></a></li>")
        : Html.Of($"<li style=\"margin:6px 0\"><bdi>{notice.Text}</bdi></li>");
}
