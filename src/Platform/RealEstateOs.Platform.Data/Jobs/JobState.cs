namespace RealEstateOs.Platform.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState { Queued, Running, Completed, Failed, Cancelled }
