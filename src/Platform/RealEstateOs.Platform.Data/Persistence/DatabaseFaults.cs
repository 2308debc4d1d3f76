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
    /// What we asked was wrong, and would be again: a value that does not fit (class 22 and 23), a statement that can't be run (42). No
    /// outage, though it is the database that says so.
    /// </summary>
    public static bool IsOurs(this NpgsqlException fault) =>
        fault is PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] };

    /// <summary>
    /// Two transactions met, and PostgreSQL ended this one so that the other may go on: nothing is wrong with it, it may run again.
    /// </summary>
    public static bool IsCollision(this Exception exception) =>
        exception.DatabaseFault() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure };
}
