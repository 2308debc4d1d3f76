namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>A request feature, set after sign-in: who stands in the log lines of this request.</summary>
public interface IRequestIdentity
{
    long? UserId { get; }

    long? OrganizationId { get; }
}
