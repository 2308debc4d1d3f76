using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;
using RealEstateOs.Properties.Activities;
using RealEstateOs.Properties.Import;
using RealEstateOs.Properties.Listings;
using RealEstateOs.Properties.Media;
using RealEstateOs.Properties.Notes;
using RealEstateOs.Properties.PackageSteps;
using RealEstateOs.Properties.Sample;
using RealEstateOs.Properties.Valuations;

namespace RealEstateOs.Properties;

/// <summary>Listings with their pipeline, media, valuations, notes, activities and timeline.</summary>
public static class PropertiesModule
{
    public static IServiceCollection AddProperties(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<PropertiesDb>(PropertiesDb.Name)
        .AddPropertySteps()
        .AddScoped<IPropertyDirectory, PropertyDirectory>()
        .AddScoped<IPropertyReader, PropertyReader>()
        .AddScoped<IPropertyCommands, PropertyCommands>()
        .AddScoped<IPropertyFigures, PropertyFigures>()
        .AddScoped<IListings, PublicListings>()
        .AddScoped<ISampleData, SampleProperties>()
        .AddScoped<IOpenWork, OpenProperties>()
        .AddScoped<IPropertyOutreach, PropertyOutreach>()
        .AddPermissions(PropertiesPermissions.All)
        .AddRowImporter<PropertyImporter>();

    public static IEndpointRouteBuilder MapProperties(this IEndpointRouteBuilder app)
    {
        var properties = app.MapApi("Properties").MapGroup("/properties");
        properties.MapGet("/", ListProperties.Handle).Needs(PropertiesPermissions.Read);
        properties.MapPost("/", CreateProperty.Handle).Needs(PropertiesPermissions.Create);
        properties.MapGet("/{id}", GetProperty.Handle).Needs(PropertiesPermissions.Read);
        properties.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateProperty.Handle).Needs(PropertiesPermissions.Update);
        properties.MapDelete("/{id}", DeleteProperty.Handle).Needs(PropertiesPermissions.Delete);
        properties.MapPost("/{id}/restore", RestoreProperty.Handle).Needs(PropertiesPermissions.Delete);
        properties.MapPost("/{id}/reopen", ReopenProperty.Handle).Needs(PropertiesPermissions.Reopen);
        properties.MapGet("/{id}/timeline", PropertyTimeline.Handle).Needs(PropertiesPermissions.Read);
        properties.MapPost("/{id}/images", PropertyImages.Add).Needs(PropertiesPermissions.Update).WithMetadata(PropertyImages.Body);
        properties.MapGet("/{id}/images", PropertyImages.List).Needs(PropertiesPermissions.Read);
        properties.MapPatch("/{id}/images/{imageId}", PropertyImages.Change).Needs(PropertiesPermissions.Update);
        properties.MapDelete("/{id}/images/{imageId}", PropertyImages.Delete).Needs(PropertiesPermissions.Update);
        properties.MapPost("/{id}/valuations", PropertyValuations.Add).Needs(PropertiesPermissions.Update);
        properties.MapGet("/{id}/valuations", PropertyValuations.List).Needs(PropertiesPermissions.Read);
        properties.MapPost("/{id}/notes", PropertyNotes.Add).Needs(PropertiesPermissions.Update);
        properties.MapGet("/{id}/notes", PropertyNotes.List).Needs(PropertiesPermissions.Read);
        properties.MapPost("/{id}/activities", PropertyActivities.Add).Needs(PropertiesPermissions.Update);
        properties.MapGet("/{id}/activities", PropertyActivities.List).Needs(PropertiesPermissions.Read);
        return app;
    }
}
