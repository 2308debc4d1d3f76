using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.Organizations;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth;

/// <summary>Organizations, their people, roles and teams; sign-in and sessions.</summary>
public static class AuthModule
{
    // Sign-in hashes, delays and sends mail; none of that may hold a connection.
    private static readonly ConnectionPolicy HoldsNone = new(HoldsNone: true);

    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section))
            .Validate(o => o.IsSensible, "The section Auth of the configuration has a value that makes no sense.").ValidateOnStart();
        services.AddModuleDb<AuthDb>(AuthDb.Name).AddPermissions(AuthPermissions.All);
        services.AddResourcePermissions("leads", "leads").AddResourcePermissions("deals", "deals"); // their modules take these over
        services.AddSingleton<PermissionCatalogue>().AddHostedService<PermissionSync>();
        services.AddSingleton<Passwords>().AddSingleton<SignInFailures>().AddSingleton<SignInQueue>().AddSingleton<CredentialCheck>();
        services.AddSingleton<AccessTokens>().AddSingleton<SessionCache>().AddSingleton<ISessionDirectory, SessionDirectory>();
        services.AddScoped<IPageSignIn, PageSignIn>().AddScoped<TenantTransaction>().AddScoped<SessionChanges>().AddScoped<TokenResponses>().AddScoped<SignIn>();
        return services.AddScoped<NewOrganization>().AddScoped<IOrganizationDirectory, OrganizationDirectory>();
    }

    public static IEndpointRouteBuilder MapAuth(this IEndpointRouteBuilder app)
    {
        app.MapApi("Auth", "/auth").MapPost("/login", Login.Handle).AllowAnonymous().WithMetadata(HoldsNone);

        var auth = app.MapApi("Auth").MapGroup("/auth");
        auth.MapPost("/register", Register.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/login", Login.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/refresh", Refresh.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/logout", Logout.Handle).NeedsOnlySignIn();
        auth.MapGet("/me", Me.Handle).NeedsOnlySignIn();
        return app;
    }
}
