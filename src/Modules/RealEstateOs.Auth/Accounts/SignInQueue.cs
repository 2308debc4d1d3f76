namespace RealEstateOs.Auth.Accounts;

/// <summary>Lets one sign-in of an address pass at a time.</summary>
internal sealed class SignInQueue : IDisposable
{
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> EnterAsync(string email, CancellationToken ct)
    {
        var gate = gates[(uint)StringComparer.Ordinal.GetHashCode(Emails.Normalize(email)) % (uint)gates.Length];
        await gate.WaitAsync(ct);
        return new Turn(gate);
    }

    public void Dispose()
    {
        foreach (var gate in gates) gate.Dispose();
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
