using Npgsql;

namespace RealEstateOs.Platform.Persistence;

/// <summary>What PostgreSQL said, however deep EF Core wrapped it.</summary>
public static class DatabaseFaults
{
    public static NpgsqlException? DatabaseFault(this Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is NpgsqlException fault) return fault;
        return null;
    }

    /// <summary>
    /// Two transactions met, and PostgreSQL ended this one so that the other may go on: nothing is wrong with it, it may run again.
    /// </summary>
    public static bool IsCollision(this Exception exception) =>
        exception.DatabaseFault() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure };
}
