namespace RealEstateOs.Contracts.Outreach;

/// <summary>A paused sequence sends nothing and takes nobody.</summary>
public enum SequenceStatus { Active, Paused }

/// <summary>What a step does; wait and condition send nothing.</summary>
public enum StepType { Email, Sms, Task, Wait, Condition }

/// <summary>What a condition looks at: what became of an earlier message, or how the lead stands now.</summary>
public enum StepBehaviour { Opened, Clicked, Replied, Score, Status }

/// <summary>active walks on, paused waits with its sequence, completed came to the end, exited left before it.</summary>
public enum EnrollmentStatus { Active, Paused, Completed, Exited }

/// <summary>What happens to a lead that enrolls it.</summary>
public enum SequenceTrigger { LeadCreated, StatusChanged, TagAdded, ScoreChanged }

/// <summary>How a lead came into a sequence.</summary>
public enum EnrollmentSource { Manual, Filter, LeadCreated, StatusChanged, TagAdded, ScoreChanged }

/// <summary>Why a lead left a sequence before its end.</summary>
public enum ExitReason { Replied, StatusChanged, Unsubscribed, LeadDeleted, Manual, SequenceDeleted, Merged }

/// <summary>Where a step of an enrollment stands; done is for steps that send nothing.</summary>
public enum StepState { Queued, Sent, Failed, Suppressed, Cancelled, Done }
