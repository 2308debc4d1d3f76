using System.Diagnostics.CodeAnalysis;

namespace RealEstateOs.Platform.Caching;

/// <summary>What Redis answered, or the plain fact that Redis is away. A write that was "away" may still have happened.</summary>
public readonly record struct RedisReply<T>
{
    private readonly T _value;

    internal RedisReply(T value)
    {
        IsAvailable = true;
        _value = value;
    }

    public bool IsAvailable { get; }

    public bool IsAway => !IsAvailable;

    /// <summary>True with the answer; false when Redis is away.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsAvailable;
    }

    /// <summary>The answer, or what to assume while Redis is away.</summary>
    public T Or(T whenAway) => IsAvailable ? _value : whenAway;
}
