using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

/// <summary>What other modules write to one person.</summary>
internal sealed class Correspondence(Correspondents correspondents, CommunicationPost post, IOrganizationDirectory organizations,
    CurrentUser user) : ICorrespondence
{
    public async Task<PostedLetter> WriteAsync(ClientLetter letter, CancellationToken ct)
    {
        if (!user.May(CommunicationPermissions.Send)) throw Problem.Forbidden(CommunicationPermissions.Send);
        var to = await correspondents.FindAsync(null, letter.Client, MessageChannel.Email, ct);
        if (to.Refusal is { } why) return new PostedLetter(null, why);
        var office = await organizations.DefaultsAsync(ct);
        var author = (await organizations.PeopleAsync([letter.From ?? user.Id], ct)).Values.FirstOrDefault();
        var mail = new Communication { ClientId = letter.Client, Subject = letter.Subject.ReplaceLineEndings(" "), Body = letter.Text };
        return new PostedLetter((await post.WriteAsync(mail, to, office, author, ct)).Id, null);
    }
}
