using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// What an organization lets a program do that belongs to nobody: a form, a portal. A key opens only the routes that say so
/// (<c>AcceptsApiKey</c>), within its permissions.
/// </summary>
/// <param name="Source">What the program is to the records that it enters, a word of their vocabulary.</param>
public sealed record ApiKeyPass(ApiKeyId Id, string Name, string Source, string? Portal);
