namespace RealEstateOs.Marketing;

/// <summary>Who reads a feed: it decides on its form.</summary>
public enum Portal { PropertyFinder, Bayut, Dubizzle, Website }
