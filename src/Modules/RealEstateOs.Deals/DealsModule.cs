using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Deals.Checklists;
using RealEstateOs.Deals.Fees;
using RealEstateOs.Deals.Invoices;
using RealEstateOs.Deals.Papers;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Portfolios;
using RealEstateOs.Deals.Sample;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Deals.Statements;
using RealEstateOs.Deals.Transactions;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

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
        .AddScoped<IssueInvoice>()
        .AddScoped<InvoicePlaces>()
        .AddScoped<PaperPrinter>().AddScoped<PaperLogo>()
        .AddScoped<PortfolioContents>()
        .AddScoped<ISampleData, SampleDeals>()
        .AddScoped<IDealReader, DealReader>()
        .AddScoped<IDealFigures, DealFigures>()
        .AddScoped<IOpenWork, OpenDeals>()
        .AddScoped<IAgendaSource, DealAgenda>()
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddPermissions(DealsPermissions.All);

    public static IEndpointRouteBuilder MapDeals(this IEndpointRouteBuilder app)
    {
        var deals = app.MapApi("Deals").MapGroup("/deals");
        deals.MapGet("/", ListDeals.Handle).Needs(DealsPermissions.Read);
        deals.MapPost("/", CreateDeal.Handle).Needs(DealsPermissions.Create);
        deals.MapGet("/stats", DealStats.Handle).Needs(DealsPermissions.Read);
        deals.MapGet("/settings", DealSettingsEndpoints.Get).Needs(DealsPermissions.Read);
        deals.MapPatch("/settings", DealSettingsEndpoints.Change).NeedsInFull(DealsPermissions.Configure);
        deals.MapGet("/{id}", GetDeal.Handle).Needs(DealsPermissions.Read);
        deals.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateDeal.Handle).Needs(DealsPermissions.Update);
        deals.MapDelete("/{id}", DeleteDeal.Handle).Needs(DealsPermissions.Delete);
        deals.MapPost("/{id}/restore", DeleteDeal.Restore).Needs(DealsPermissions.Delete);
        deals.MapPost("/{id}/reopen", ReopenDeal.Handle).Needs(DealsPermissions.Reopen);
        deals.MapGet("/{id}/history", DealHistory.Handle).Needs(DealsPermissions.Read);
        deals.MapGet("/{id}/commission-statement", CommissionStatement.Pdf).Needs(DealsPermissions.Read).AnswersFile("application/pdf");
        deals.MapGet("/{id}/invoices", ReadInvoices.OfDeal).Needs(DealsPermissions.Read).WithName("listDealInvoices");
        deals.MapPost("/{id}/invoices", IssueInvoice.Handle).Needs(DealsPermissions.Invoice);
        deals.MapGet("/invoices", ReadInvoices.List).Needs(DealsPermissions.Read).WithName("listInvoices");
        deals.MapGet("/invoices/{id}", ReadInvoices.Get).Needs(DealsPermissions.Read).WithName("getInvoice");
        deals.MapGet("/invoices/{id}/pdf", ReadInvoices.Pdf).Needs(DealsPermissions.Read).AnswersFile("application/pdf")
            .WithName("printInvoice");
        deals.MapPost("/invoices/{id}/credit", IssueInvoice.Credit).Needs(DealsPermissions.Invoice).WithName("creditInvoice");
        deals.MapGet("/{id}/transactions", ListTransactions.OfDeal).Needs(DealsPermissions.ReadTransactions);
        deals.MapPost("/{id}/transactions", RecordTransaction.OfDeal).Needs(DealsPermissions.CreateTransactions);
        deals.MapGet("/{id}/checklist", DealChecklist.List).Needs(DealsPermissions.Read);
        deals.MapPost("/{id}/checklist", DealChecklist.Add).Needs(DealsPermissions.Update);
        deals.MapPatch("/{id}/checklist/{itemId}", DealChecklist.Tick).Needs(DealsPermissions.Update);
        deals.MapDelete("/{id}/checklist/{itemId}", DealChecklist.Remove).Needs(DealsPermissions.Update);
        deals.MapGet("/checklist-templates", ChecklistTemplates.List).Needs(DealsPermissions.Read);
        deals.MapPost("/checklist-templates", ChecklistTemplates.Create).NeedsInFull(DealsPermissions.Configure);
        deals.MapGet("/checklist-templates/{id}", ChecklistTemplates.Get).Needs(DealsPermissions.Read);
        deals.MapMethods("/checklist-templates/{id}", ApiGroup.PutAndPatch, ChecklistTemplates.Update)
            .NeedsInFull(DealsPermissions.Configure);
        deals.MapDelete("/checklist-templates/{id}", ChecklistTemplates.Delete).NeedsInFull(DealsPermissions.Configure);
        deals.MapPost("/fees/calculate", FeeEndpoints.Calculate).Needs(DealsPermissions.Read);
        deals.MapGet("/fees/schedules", FeeEndpoints.List).Needs(DealsPermissions.Read);
        deals.MapPut("/fees/schedules", FeeEndpoints.Put).NeedsInFull(DealsPermissions.Configure).WithName("addFeeSchedule");
        deals.MapDelete("/fees/schedules/{id}", FeeEndpoints.Delete).NeedsInFull(DealsPermissions.Configure);
        app.MapTransactions();
        app.MapPortfolios();
        return app;
    }

    private static void MapTransactions(this IEndpointRouteBuilder app)
    {
        var transactions = app.MapApi("Transactions").MapGroup("/transactions");
        transactions.MapGet("/", ListTransactions.Handle).Needs(DealsPermissions.ReadTransactions);
        transactions.MapPost("/", RecordTransaction.Handle).Needs(DealsPermissions.CreateTransactions);
        transactions.MapGet("/{id}", TransactionLifecycle.Get).Needs(DealsPermissions.ReadTransactions);
        transactions.MapGet("/{id}/history", TransactionLifecycle.History).Needs(DealsPermissions.ReadTransactions);
        transactions.MapPatch("/{id}/status", TransactionLifecycle.Move).Needs(DealsPermissions.UpdateTransactions);
    }

    private static void MapPortfolios(this IEndpointRouteBuilder app)
    {
        var portfolios = app.MapApi("Portfolios").MapGroup("/portfolios");
        portfolios.MapGet("/", PortfolioEndpoints.List).Needs(DealsPermissions.ReadPortfolios);
        portfolios.MapPost("/", PortfolioEndpoints.Create).Needs(DealsPermissions.CreatePortfolios);
        portfolios.MapGet("/stats", PortfolioFigures.OfPortfolios).Needs(DealsPermissions.ReadPortfolios);
        portfolios.MapGet("/{id}", PortfolioEndpoints.Get).Needs(DealsPermissions.ReadPortfolios);
        portfolios.MapMethods("/{id}", ApiGroup.PutAndPatch, PortfolioEndpoints.Update).Needs(DealsPermissions.UpdatePortfolios);
        portfolios.MapDelete("/{id}", PortfolioEndpoints.Delete).Needs(DealsPermissions.DeletePortfolios);
        portfolios.MapPost("/{id}/restore", PortfolioEndpoints.Restore).Needs(DealsPermissions.DeletePortfolios);
        portfolios.MapPost("/{id}/properties/{propertyId}", PortfolioEndpoints.AddProperty).Needs(DealsPermissions.UpdatePortfolios);
        portfolios.MapDelete("/{id}/properties/{propertyId}", PortfolioEndpoints.RemoveProperty).Needs(DealsPermissions.UpdatePortfolios);

        var portfolio = app.MapApi("Portfolios").MapGroup("/portfolio");
        portfolio.MapGet("/stats", PortfolioFigures.OfPipeline).Needs(DealsPermissions.ReadPortfolios).WithName("getPipelineStats");
        portfolio.MapPost("/reconcile", Reconcile.Handle).Needs(DealsPermissions.UpdatePortfolios);
        portfolio.MapGet("/reconciliations", Reconcile.List).Needs(DealsPermissions.ReadPortfolios);
    }
}
