using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Workflows.Executions;

/// <summary>
/// Tells those whom an execution concerns: who started it, the agents of its property and lead; never who gave the command.
/// </summary>
internal sealed class Stakeholders(WorkflowsDb db, CurrentUser user, IPropertyDirectory properties, ILeadDirectory leads,
    IOrganizationDirectory organizations)
{
    public async Task<IReadOnlyList<UserId>> NotifyAsync(Execution execution, ControlAction action, string? reason, CancellationToken ct)
    {
        var people = new List<UserId?> { execution.CreatedBy };
        if (execution.PropertyId is { } property)
            people.Add((await properties.SummariesAsync([property], ct)).GetValueOrDefault(property)?.AssignedUserId);
        if (execution.LeadId is { } lead) people.Add((await leads.SummariesAsync([lead], ct)).GetValueOrDefault(lead)?.AssignedTo);
        var others = people.OfType<UserId>().Where(p => p != user.Id).Distinct().ToArray();
        var active = (await organizations.PeopleAsync(others, ct)).Values.Where(p => p.IsActive).Select(p => p.Id).ToArray();
        var (title, link) = ($"{execution.PackageName}: {Vocabulary.Word(action)}",
            $"{ApiGroup.Root}/workflows/executions/{execution.Id.Reference()}");
        foreach (var person in active)
            db.Raise(() => new Notification(person, title, reason ?? $"{user.Principal.FullName} gave this command.", link));
        return active;
    }
}
