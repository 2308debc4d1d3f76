namespace RealEstateOs.Platform;
