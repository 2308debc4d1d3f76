namespace RealEstateOs.Contracts.Auth;

/// <summary>Open work of a person who leaves. Each module that assigns work implements it; the transaction is the caller's.</summary>
public interface IOpenWork
{
    /// <summary>leads, clients, deals …</summary>
    string Kind { get; }

    /// <summary>Hands everything open over to a colleague; answers how much that was. What is done keeps its name.</summary>
    Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct);
}
