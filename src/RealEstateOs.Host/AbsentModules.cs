using Microsoft.Extensions.DependencyInjection.Extensions;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Host;

/// <summary>Answers for modules that this host does not carry: there are no leads and no clients, so none can be named.</summary>
internal static class AbsentModules
{
    public static IServiceCollection AddAbsentModules(this IServiceCollection services)
    {
        services.TryAddSingleton<ILeadDirectory, NoLeads>();
        services.TryAddSingleton<IClientDirectory, NoClients>();
        return services;
    }

    private sealed class NoLeads : ILeadDirectory
    {
        public Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<LeadId, LeadSummary>>(new Dictionary<LeadId, LeadSummary>());

        public Task RequireAsync(LeadId? lead, CancellationToken ct, string member = "lead_id") =>
            lead is null ? Task.CompletedTask : throw Problem.Invalid(FieldError.Format(member, "names no lead of the organization"));

        public Task ConvertAsync(LeadId lead, string reason, CancellationToken ct) => Task.CompletedTask;

        public Task<IReadOnlyList<LeadHistoryEntry>> HistoryAsync(LeadId lead, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<LeadHistoryEntry>>([]);
    }

    private sealed class NoClients : IClientDirectory
    {
        public Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<ClientId, string>>(new Dictionary<ClientId, string>());

        public Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id") =>
            client is null ? Task.CompletedTask : throw Problem.Invalid(FieldError.Format(member, "names no client of the organization"));
    }
}
