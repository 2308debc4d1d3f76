namespace RealEstateOs.Platform.Jobs;

public enum JobState { Queued, Running, Completed, Failed, Cancelled }
