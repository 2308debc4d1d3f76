using Microsoft.Extensions.DependencyInjection.Extensions;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Host;

/// <summary>Answers for modules that this host does not carry: there are no clients, so none can be named.</summary>
internal static class AbsentModules
{
    public static IServiceCollection AddAbsentModules(this IServiceCollection services)
    {
        services.TryAddSingleton<IClientDirectory, NoClients>();
        return services;
    }

    private sealed class NoClients : IClientDirectory
    {
        public Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<ClientId, string>>(new Dictionary<ClientId, string>());

        public Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id") =>
            client is null ? Task.CompletedTask : throw Problem.Invalid(FieldError.Format(member, "names no client of the organization"));
    }
}
