using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// The parts of the API, in the order of a working day: who works, what for, whom they tell, what it came to, what runs beneath.
/// </summary>
internal sealed class ApiTags : IDocumentFilter
{
    private static readonly (string Group, (string Tag, string Text)[] Tags)[] Groups =
    [
        ("Start", [
            ("Auth", "Register an organization, sign in, renew and end sessions, passwords."),
            ("Organization", "The brokerage's own settings: name, country, currency, time zone, brand."),
            ("Users", "People of the organization, and invitations."),
            ("Roles", "What each role may do."),
            ("Teams", "Teams and their members."),
        ]),
        ("Sell", [
            ("Properties", "Listings and their pipeline, with images, notes, valuations, activities and timeline."),
            ("Leads", "People who asked: scores, routing, activities, documents, duplicates."),
            ("Clients", "People the office works for: what they want, and what fits."),
            ("Assistant", "Questions in plain words, answered from the office's own data and documents with their sources."),
            ("Agenda", "What is due today: viewings, calls, tasks, closings; suggestions; calendar feeds."),
            ("Deals", "Deals from first offer to closing: stages, commissions, checklists."),
            ("Transactions", "Money that moves with deals."),
            ("Portfolios", "Properties held together, their value and its reconciliation."),
        ]),
        ("Value", [
            ("CMA", "Valuations from registered sales, comparables, market figures, reports that print."),
        ]),
        ("Reach out", [
            ("Communications", "Memos to owners and their templates, replies, whom not to write to."),
            ("Campaigns", "E-mail and text campaigns, their templates, recipients and figures."),
            ("Nurturing", "Sequences that follow up by themselves."),
            ("Marketing", "Campaigns around a property: designs, landing pages, approvals, portal feeds, spending."),
            ("Social", "Posts for social networks: written, planned, published."),
        ]),
        ("Measure", [
            ("Analytics", "Figures of people and of the office."),
            ("Audit", "Who changed what, and when."),
        ]),
        ("Connect", [
            ("Live events", "Server-Sent Events of what happens, as it happens."),
            ("Webhooks", "The same events, signed and sent to systems of your own; and what mail and text providers send to us."),
            ("Data", "Imports of properties, leads and clients."),
            ("Files", "Downloads by signed links."),
            ("Jobs", "How far work is that takes longer than a request."),
            ("Workflows", "Packages of steps that run by themselves."),
        ]),
        ("Run", [
            ("Health", "Is it up, and are its neighbours?"),
            ("Operations", "For whoever runs the installation: dead letters, indexes, database."),
        ]),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc.Paths.Values.SelectMany(p => p.Operations!.Values)
            .SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Reference.Id!).ToHashSet(StringComparer.Ordinal);
        var groups = Groups.Select(g => (g.Group, Tags: g.Tags.Where(t => used.Remove(t.Tag)).ToArray()))
            .Where(g => g.Tags.Length > 0).ToArray();
        if (used.Count > 0)
            throw new InvalidOperationException($"Add to {nameof(ApiTags)}, what these tags are about: {string.Join(", ", used)}.");
        // A set of the library's own would order them by name.
        swaggerDoc.Tags = groups.SelectMany(g => g.Tags).Select(t => new OpenApiTag { Name = t.Tag, Description = t.Text }).ToHashSet();
        swaggerDoc.AddExtension("x-tagGroups", new JsonNodeExtension(new JsonArray([.. groups.Select(g =>
            (JsonNode)new JsonObject { ["name"] = g.Group,
                ["tags"] = new JsonArray([.. g.Tags.Select(t => (JsonNode)JsonValue.Create(t.Tag))]) })])));
    }
}
