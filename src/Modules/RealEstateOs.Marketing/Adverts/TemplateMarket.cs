namespace RealEstateOs.Marketing.Adverts;

/// <summary>The market whose advertising rules hold.</summary>
public enum TemplateMarket { Dubai, Us }
