var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/live", () => "ok");
app.Run();
