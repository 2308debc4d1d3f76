using RealEstateOs.DevServices;

if (await PrivateServices.RunVerbAsync(args) is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/live", () => "ok");
app.MapGet("/ready", () => "ok");
app.Run();
return 0;
