using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals;

/// <summary>Deals with their commissions, transactions and checklists; portfolios and their reconciliation.</summary>
public static class DealsModule
{
    public static IServiceCollection AddDeals(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<DealsDb>(DealsDb.Name)
        .AddScoped<DealReferences>()
        .AddScoped<DealChanges>()
        .AddScoped<DealNames>()
        .AddScoped<VatRates>()
        .AddPermissions(DealsPermissions.All);

    public static IEndpointRouteBuilder MapDeals(this IEndpointRouteBuilder app)
    {
        var deals = app.MapApi("Deals").MapGroup("/deals");
        deals.MapGet("/", ListDeals.Handle).Needs(DealsPermissions.Read);
        deals.MapPost("/", CreateDeal.Handle).Needs(DealsPermissions.Create);
        deals.MapGet("/stats", DealStats.Handle).Needs(DealsPermissions.Read);
        deals.MapGet("/settings", DealSettingsEndpoints.Get).Needs(DealsPermissions.Read);
        deals.MapPatch("/settings", DealSettingsEndpoints.Change).Needs(DealsPermissions.Configure);
        deals.MapGet("/{id}", GetDeal.Handle).Needs(DealsPermissions.Read);
        deals.MapPut("/{id}", UpdateDeal.Handle).Needs(DealsPermissions.Update);
        deals.MapPatch("/{id}", UpdateDeal.Handle).Needs(DealsPermissions.Update);
        deals.MapDelete("/{id}", DeleteDeal.Handle).Needs(DealsPermissions.Delete);
        deals.MapPost("/{id}/restore", DeleteDeal.Restore).Needs(DealsPermissions.Delete);
        deals.MapPost("/{id}/reopen", ReopenDeal.Handle).Needs(DealsPermissions.Reopen);
        deals.MapGet("/{id}/history", DealHistory.Handle).Needs(DealsPermissions.Read);
        return app;
    }
}
