using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.ApiKeys;
using RealEstateOs.Auth.Organizations;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sample;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Auth.Teams;
using RealEstateOs.Auth.Users;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
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
        services.AddModuleDb<AuthDb>(AuthDb.Name).AddContactKeys<UserKeys>().AddPermissions(AuthPermissions.All);
        services.AddRecurringJob<CleanSessions>(CleanSessions.Kind, "0 41 2 * * ?");
        services.AddSingleton<PermissionCatalogue>().AddHostedService<PermissionSync>();
        services.AddSingleton<Passwords>().AddSingleton<SignInFailures>().AddSingleton<SignInQueue>().AddSingleton<KnownDevices>()
            .AddScoped<CredentialCheck>();
        services.AddSingleton<AccessTokens>().AddSingleton<RefreshSecrets>().AddSingleton<SessionCache>()
            .AddSingleton<ISessionDirectory, SessionDirectory>().AddSingleton<IApiKeyDirectory, ApiKeyDirectory>();
        services.AddJob<SendRequestedMail, MailRequest>(SendRequestedMail.Kind, Mailbox.AccountQueue, concurrency: 2,
            timeout: TimeSpan.FromMinutes(2), announced: false, awaited: true);
        services.AddScoped<AccountMails>().AddSingleton<SamplePlanter>();
        services.AddScoped<IPageSignIn, PageSignIn>().AddScoped<TenantTransaction>().AddScoped<SessionChanges>().AddScoped<TokenResponses>()
            .AddScoped<SignIn>();
        return services.AddScoped<NewOrganization>().AddScoped<LogoStore>().AddScoped<IOrganizationDirectory, OrganizationDirectory>();
    }

    public static IEndpointRouteBuilder MapAuth(this IEndpointRouteBuilder app)
    {
        app.MapApi("Auth", "/auth").MapPost("/login", Login.Handle).AllowAnonymous().WithMetadata(HoldsNone);

        var auth = app.MapApi("Auth").MapGroup("/auth");
        auth.MapPost("/register", Register.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/login", Login.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/token", IssueToken.Handle).AllowAnonymous().WithMetadata(HoldsNone, IssueToken.Body);
        auth.MapPost("/refresh", Refresh.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/logout", Logout.Handle).NeedsOnlySignIn();
        auth.MapGet("/me", Me.Handle).NeedsOnlySignIn();
        auth.MapPost("/change-password", ChangePassword.Handle).NeedsOnlySignIn().WithMetadata(HoldsNone);
        auth.MapPost("/password-reset-request", PasswordReset.Request).AllowAnonymous().WithMetadata(HoldsNone)
            .WithName("requestPasswordReset");
        auth.MapPost("/password-reset-confirm", PasswordReset.Confirm).AllowAnonymous().WithMetadata(HoldsNone)
            .WithName("confirmPasswordReset");
        auth.MapPost("/verify-email", VerifyEmail.Handle).AllowAnonymous().WithMetadata(HoldsNone);
        auth.MapPost("/resend-verification", VerifyEmail.Resend).AllowAnonymous().WithMetadata(HoldsNone).WithName("resendVerification");
        app.MapGet("/account/set-password", AccountPages.SetPassword).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/account/verify-email", AccountPages.VerifyEmail).AllowAnonymous().ExcludeFromDescription();

        var organization = app.MapApi("Organization").MapGroup("/organization");
        organization.MapGet("/", OrganizationSettings.Get).NeedsOnlySignIn();
        organization.MapPatch("/", OrganizationSettings.Update).NeedsInFull(AuthPermissions.ManageOrganization);
        organization.MapPost("/logo", Logo.Upload).NeedsInFull(AuthPermissions.ManageOrganization).WithMetadata(Logo.Body)
            .WithName("uploadLogo");
        organization.MapDelete("/logo", Logo.Remove).NeedsInFull(AuthPermissions.ManageOrganization).WithName("removeLogo");

        var keys = app.MapApi("Organization").MapGroup("/api-keys");
        keys.MapGet("/", ManageApiKeys.List).NeedsInFull(AuthPermissions.ManageOrganization);
        keys.MapPost("/", ManageApiKeys.Create).NeedsInFull(AuthPermissions.ManageOrganization).WithMetadata(new AnswersSecret());
        keys.MapGet("/{id}", ManageApiKeys.Get).NeedsInFull(AuthPermissions.ManageOrganization);
        keys.MapPatch("/{id}", ManageApiKeys.Update).NeedsInFull(AuthPermissions.ManageOrganization);
        keys.MapDelete("/{id}", ManageApiKeys.Revoke).NeedsInFull(AuthPermissions.ManageOrganization).WithName("revokeApiKey");

        var users = app.MapApi("Users").MapGroup("/users");
        users.MapGet("/", ListUsers.Handle).NeedsInFull(AuthPermissions.ReadUsers);
        users.MapPost("/", CreateUser.Handle).NeedsInFull(AuthPermissions.ManageUsers);
        users.MapGet("/{id}", GetUser.Handle).NeedsInFull(AuthPermissions.ReadUsers);
        users.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateUser.Handle).NeedsInFull(AuthPermissions.ManageUsers);
        users.MapDelete("/{id}", DeactivateUser.Handle).NeedsInFull(AuthPermissions.ManageUsers);

        var roles = app.MapApi("Roles").MapGroup("/roles");
        roles.MapGet("/", ListRoles.Handle).NeedsInFull(AuthPermissions.ReadRoles);
        roles.MapPost("/", CreateRole.Handle).NeedsInFull(AuthPermissions.ManageRoles);
        roles.MapGet("/{id}", GetRole.Handle).NeedsInFull(AuthPermissions.ReadRoles);
        roles.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateRole.Handle).NeedsInFull(AuthPermissions.ManageRoles);
        roles.MapDelete("/{id}", DeleteRole.Handle).NeedsInFull(AuthPermissions.ManageRoles);

        var permissions = app.MapApi("Roles").MapGroup("/permissions");
        permissions.MapGet("/", ListPermissions.Handle).NeedsInFull(AuthPermissions.ReadRoles);
        permissions.MapGet("/{id}", GetPermission.Handle).NeedsInFull(AuthPermissions.ReadRoles);

        var teams = app.MapApi("Teams").MapGroup("/teams");
        teams.MapGet("/", ListTeams.Handle).NeedsInFull(AuthPermissions.ReadTeams);
        teams.MapPost("/", CreateTeam.Handle).NeedsInFull(AuthPermissions.ManageTeams);
        teams.MapGet("/{id}", GetTeam.Handle).NeedsInFull(AuthPermissions.ReadTeams);
        teams.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateTeam.Handle).NeedsInFull(AuthPermissions.ManageTeams);
        teams.MapDelete("/{id}", DeleteTeam.Handle).NeedsInFull(AuthPermissions.ManageTeams);
        teams.MapGet("/{id}/members", ListMembers.Handle).NeedsInFull(AuthPermissions.ReadTeams);
        teams.MapPost("/{id}/members", AddMember.Handle).NeedsInFull(AuthPermissions.ManageTeams);
        teams.MapDelete("/{id}/members/{userId}", RemoveMember.Handle).NeedsInFull(AuthPermissions.ManageTeams);
        return app;
    }

    /// <summary>Plants the sample brokerages into an empty database.</summary>
    public static Task PlantSampleDataAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<SamplePlanter>().PlantAsync(ct);
}
