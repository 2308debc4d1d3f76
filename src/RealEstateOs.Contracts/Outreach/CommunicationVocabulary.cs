namespace RealEstateOs.Contracts.Outreach;

/// <summary>The way on which a message goes.</summary>
public enum MessageChannel { Email, Sms }

/// <summary>How far a communication came; the later words of the first line only ever follow the earlier ones.</summary>
public enum CommunicationStatus
{
    Draft, Queued, Sent, Delivered, Opened, Clicked, Replied,
    Failed, Suppressed, Bounced, Complained,
}

/// <summary>Why an address may not be written to.</summary>
public enum SuppressionReason { Unsubscribed, Bounced, Complained, DoNotCall, Manual }
