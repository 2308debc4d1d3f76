using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>
/// Writes to one person as <c>POST /communications</c> does: a communication, whose fate is told, with a foot that lets its reader end it.
/// </summary>
public interface ICorrespondence
{
    /// <summary>
    /// Posts a mail to a client in the caller's transaction and in the signed-in user's name: 403 where they may write to nobody, 422 of
    /// <c>client_id</c> where they don't see the client. Once it has left, it stands in the client's history.
    /// </summary>
    Task<PostedLetter> WriteAsync(ClientLetter letter, CancellationToken ct);
}

/// <param name="Text">Plain text as it is sent, above the foot: nothing in it is a variable.</param>
public sealed record ClientLetter(ClientId Client, string Subject, string Text)
{
    /// <summary>Whose name it bears and who gets the answer; the signed-in user by default.</summary>
    public UserId? From { get; init; }
}

/// <param name="Id">Null where nothing was written.</param>
/// <param name="WhyNot">A sentence: there is no address, they said no, or the address is on the suppression list.</param>
public sealed record PostedLetter(CommunicationId? Id, string? WhyNot);
