namespace RealEstateOs.Marketing.Adverts;

public enum TemplateMarket { Dubai, Us }
