using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Messaging;

public sealed class MailTests(Server server)
{
    [Fact]
    public async Task A_posted_mail_leaves_once_as_a_file_when_no_server_is_configured()
    {
        var office = await server.NewOfficeAsync();
        var to = $"joerg-{Guid.NewGuid():n}@example.com";
        await using (var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId)))
        {
            await scope.ServiceProvider.GetRequiredService<Mailbox>().PostAsync(new Mail(to, "Willkommen, Jörg", "Guten Tag")
            {
                ToName = "Jörg", Html = "<p>Guten Tag</p>",
                Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.com/u/1>" },
            }, CancellationToken.None);
        }
        var file = await FileForAsync(to);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("List-Unsubscribe: <https://example.com/u/1>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Message-ID: <reos-", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("multipart/alternative", text, StringComparison.Ordinal);
        Assert.Contains("text/html", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_of_a_rolled_back_change_never_leaves()
    {
        var office = await server.NewOfficeAsync();
        var (never, later) = ($"never-{Guid.NewGuid():n}@example.com", $"later-{Guid.NewGuid():n}@example.com");
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        var mailbox = scope.ServiceProvider.GetRequiredService<Mailbox>();
        await work.BeginAsync(CancellationToken.None);
        await mailbox.PostAsync(new Mail(never, "Never", "Never"), CancellationToken.None);
        await work.RollbackAsync();
        await mailbox.PostAsync(new Mail(later, "Later", "Later"), CancellationToken.None);
        await FileForAsync(later);
        Assert.Empty(Directory.GetFiles(Folder, $"*{never}*"));
    }

    private string Folder => Path.Combine(server.DataFolder, "mail");

    private async Task<string> FileForAsync(string recipient)
    {
        await Eventually.UntilAsync(() => Outbox.Mails(server, recipient) is [_]);
        return Outbox.Mails(server, recipient)[0];
    }
}
