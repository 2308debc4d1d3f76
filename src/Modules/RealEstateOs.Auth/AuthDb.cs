using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.ApiKeys;
using RealEstateOs.Auth.Organizations;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Auth.Teams;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth;

internal sealed class AuthDb(DbContextOptions<AuthDb> options) : ModuleDb(options, Name)
{
    public const string Name = "auth";

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<User> Users => Set<User>();
    public DbSet<Role> Roles => Set<Role>();
    public DbSet<Permission> Permissions => Set<Permission>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
}
