namespace RealEstateOs.Contracts.Ids;

/// <summary>
/// A strongly typed id: a bigint in the database, a number on the wire (<c>1</c>) or, where AURA's documents speak, a
/// reference (<c>"prop_1"</c>). Every input takes <c>1</c>, <c>"1"</c> and <c>"prop_1"</c> alike.
/// </summary>
public interface IEntityId<TSelf> where TSelf : struct, IEntityId<TSelf>
{
    static abstract string Prefix { get; }

    /// <summary>Do answers show such an id as a reference (<c>"job_12"</c>) and not as a number?</summary>
    static virtual bool ShownAsReference => false;

    static abstract TSelf From(long value);

    long Value { get; }
}
