namespace RealEstateOs.Contracts.Outreach;

public enum CampaignType { Email, Sms, DirectMail, SocialMedia }

public enum CampaignStatus { Draft, PendingReview, ChangesRequested, Approved, Rejected, Scheduled, InProgress, Paused,
    Completed, Cancelled }

/// <summary>Where a recipient's message stands; what became of it later are times beside it.</summary>
public enum RecipientState { Pending, Queued, Sent, Failed, Suppressed, Cancelled }
