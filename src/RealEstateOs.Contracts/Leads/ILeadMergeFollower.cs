namespace RealEstateOs.Contracts.Leads;

/// <summary>A module whose records name leads: after a merge they name the one that stays. The transaction is the merge's.</summary>
public interface ILeadMergeFollower
{
    Task FollowAsync(LeadsBecameOne merge, CancellationToken ct);
}

/// <summary>
/// All of <paramref name="Gone"/> went into <paramref name="Lead"/>; the lists are addresses that they had beside its own, normalised.
/// </summary>
public sealed record LeadsBecameOne(LeadId Lead, LeadId[] Gone, string? Email, string? Phone, string[] OtherEmails, string[] OtherPhones)
{
    /// <summary>One of them said no to e-mail.</summary>
    public bool MailRefused { get; init; }

    /// <summary>One of them said no to text messages.</summary>
    public bool TextRefused { get; init; }
}
