namespace RealEstateOs.Platform.Persistence;

/// <summary>Follows the versions of rows: whoever shows a version from elsewhere than the database hears of each that changes.</summary>
public interface IVersionTracker
{
    /// <summary>Rows that a save has just written, and whether they can still be read afterwards; the transaction is open.</summary>
    void Track(UnitOfWork work, List<(IVersioned Row, bool Remains)> rows);
}
