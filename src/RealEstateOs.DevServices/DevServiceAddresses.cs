namespace RealEstateOs.DevServices;

/// <summary>How to reach the private services: one PostgreSQL login for each duty, and Redis.</summary>
/// <param name="OwnerConnectionString">Owns the database and its schemas; runs migrations, may create scratch databases.</param>
/// <param name="AppConnectionString">The application: owns nothing, row-level security holds.</param>
/// <param name="SystemConnectionString">Background work across tenants: owns nothing, has row-level policies of its own.</param>
/// <param name="RedisConfiguration">A StackExchange.Redis configuration.</param>
public sealed record DevServiceAddresses(
    string OwnerConnectionString,
    string AppConnectionString,
    string SystemConnectionString,
    string RedisConfiguration);
