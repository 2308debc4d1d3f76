namespace RealEstateOs.Platform.Contacts;

/// <summary>A record about a person, by what files and forms know them.</summary>
public interface IImportedPerson
{
    string? ExternalId { get; }
    string? EmailNormalised { get; }
    string? PhoneE164 { get; }
    string FullName { get; }
    string Reference { get; }
}
