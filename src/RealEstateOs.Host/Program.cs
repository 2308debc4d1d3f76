using RealEstateOs.Analytics;
using RealEstateOs.Assistant;
using RealEstateOs.Auth;
using RealEstateOs.Cma;
using RealEstateOs.Crm;
using RealEstateOs.Deals;
using RealEstateOs.DevServices;
using RealEstateOs.Host;
using RealEstateOs.Imports;
using RealEstateOs.Integrations;
using RealEstateOs.Leads;
using RealEstateOs.Marketing;
using RealEstateOs.Operations;
using RealEstateOs.Outreach;
using RealEstateOs.Platform;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Properties;
using RealEstateOs.Social;
using RealEstateOs.Syndication;
using RealEstateOs.Workflows;

if (await PrivateServices.RunVerbAsync(args) is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
await builder.AddPrivateServicesAsync();
builder.AddPlatform();
builder.Services
    .AddAuth(builder.Configuration)
    .AddLeads(builder.Configuration)
    .AddCrm(builder.Configuration)
    .AddProperties(builder.Configuration)
    .AddDeals(builder.Configuration)
    .AddCma(builder.Configuration)
    .AddOutreach(builder.Configuration)
    .AddMarketing(builder.Configuration)
    .AddSyndication(builder.Configuration)
    .AddSocial(builder.Configuration)
    .AddAssistant(builder.Configuration)
    .AddWorkflows()
    .AddAnalytics(builder.Configuration) // after those whose views it reads
    .AddOperations(builder.Configuration)
    .AddImports()
    .AddIntegrations(builder.Configuration);

var app = builder.Build();
// Routes need no database: they are built while it is brought up to date.
var routes = Task.Run(() => app.BuildRoutes(MapModules));
await app.MigrateAsync();
if (await app.Services.RunMarketVerbAsync(args, app.Lifetime.ApplicationStopping) is { } done) return done;
await app.PlantSampleDataAsync();
await app.Services.RenewContactKeysAsync(app.Lifetime.ApplicationStopping);
await routes;
await app.RunAsync();
return 0;

static void MapModules(WebApplication app)
{
    app.MapAuth();
    app.MapLeads();
    app.MapCrm();
    app.MapProperties();
    app.MapDeals();
    app.MapCma();
    app.MapAnalytics();
    app.MapOutreach();
    app.MapMarketing();
    app.MapSyndication();
    app.MapSocial();
    app.MapAssistant();
    app.MapWorkflows();
    app.MapOperations();
    app.MapImports();
    app.MapIntegrations();
}
