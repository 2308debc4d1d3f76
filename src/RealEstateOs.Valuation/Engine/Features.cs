namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Places of the features in a row; every price is a difference to the base estimate, so that no feature knows where it is.
/// </summary>
internal static class Features
{
    public const int Level = 0, Worth = 1, Kind = 2, OffPlan = 3, FreeHold = 4,
        ProjectWide = 5, ProjectCount = 6, ProjectSpread = 7, ProjectNarrow = 8, ProjectNarrowCount = 9, ProjectRecent = 10,
        ProjectRecentCount = 11,
        ProjectExact = 12, ProjectExactCount = 13, ProjectExactAge = 14, ProjectOther = 15, ProjectOtherCount = 16, ProjectLife = 17,
        ProjectIdle = 18,
        ProjectSize = 19, AreaWide = 20, AreaCount = 21, AreaSpread = 22, AreaRecent = 23, AreaRecentCount = 24, AreaExact = 25,
        AreaExactCount = 26,
        AreaOther = 27, AreaExactSpread = 28, Geo10 = 29, Geo30 = 30, Geo100 = 31, GeoAlike = 32, GeoDistance = 33, GeoSpread = 34,
        ProjectExactSpread = 35,
        ProjectTilt = 36, ProjectAll = 37, Latitude = 38, Longitude = 39, Slant = 40,
        ProjectTen = 41, ProjectTenGap = 42, ProjectFour = 43, ProjectOtherExact = 44, AreaTen = 45, ProjectTenSpread = 46, Family = 47,
        FamilyCount = 48, FamilyTen = 49, Brand = 50, BrandCount = 51, BrandTen = 52, ProjectSame = 53, ProjectSameCount = 54,
        ProjectLast = 55, ProjectThreeDays = 56, AreaSame = 57, AreaSameCount = 58, ProjectResale = 59, FamilyOther = 60, Traits = 61,
        Count = Traits + TraitVector.Count;
}
