namespace RealEstateOs.Platform.RateLimits;

/// <summary>Who is counted; a request feature set after authentication. Without it the request counts for its client's address.</summary>
public sealed record RateLimitCaller(long UserId, long? TeamId, string Plan, int TeamMembers);
