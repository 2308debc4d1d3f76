namespace RealEstateOs.Contracts.Outreach;

/// <summary>email and sms are sent from here; direct_mail and social_media are kept for the record.</summary>
public enum CampaignType { Email, Sms, DirectMail, SocialMedia }

/// <summary>Where a campaign stands: written and reviewed, planned, going out, or at its end.</summary>
public enum CampaignStatus { Draft, PendingReview, ChangesRequested, Approved, Rejected, Scheduled, InProgress, Paused,
    Completed, Cancelled }

/// <summary>Where a recipient's message stands; what became of it later are times beside it.</summary>
public enum RecipientState { Pending, Queued, Sent, Failed, Suppressed, Cancelled }
