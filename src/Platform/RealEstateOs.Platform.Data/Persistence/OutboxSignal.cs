namespace RealEstateOs.Platform.Persistence;

/// <summary>Tells the hosts of this process that events were committed. A lost signal costs one polling interval, never an event.</summary>
internal static class OutboxSignal
{
    public static event Action? Committed;

    public static void RaiseAfterCommit(UnitOfWork work) => work.AfterCommit(_ =>
    {
        Raise();
        return Task.CompletedTask;
    });

    public static void Raise() => Committed?.Invoke();
}
