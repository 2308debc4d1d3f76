using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Assistant.Models;

/// <summary>What a request took.</summary>
/// <param name="Charged">Tokens that count against the budget; null: what was set aside for it.</param>
internal sealed record ModelUse(int? Input, int? Output, int? Charged, decimal? Cost, ModelOutcome Outcome, TimeSpan Took);

/// <summary>Whose budget, and who asked.</summary>
internal readonly record struct Spender(OrganizationId Organization, UserId User);

/// <summary>
/// What an organization may spend on the model in a month. Tokens are set aside before a request and set right after it, so that many
/// questions at once do not overdraw; each in a short transaction of its own, because nothing waits for a model inside one.
/// </summary>
internal sealed class ModelBudget(IServiceScopeFactory scopes, IOptions<ModelOptions> options, TimeProvider clock)
{
    private const string SetAsideSql =
        """
        with taken as (
            insert into assistant.model_months as m (organization_id, month, tokens)
            select $1, date_trunc('month', $2::timestamptz at time zone 'UTC')::date, $3 where $3 <= $4
            on conflict (organization_id, month) do update set tokens = m.tokens + excluded.tokens where m.tokens + excluded.tokens <= $4
            returning tokens)
        insert into assistant.model_calls (organization_id, user_id, model, tokens, called_at) select $1, $5, $6, $3, $2 from taken
            returning id
        """;

    private const string SettleSql =
        """
        with before as (
            select id, tokens, called_at from assistant.model_calls where id = $2 and organization_id = $1 and outcome is null for update),
        after as (
            update assistant.model_calls as c set tokens = coalesce($3, c.tokens), input_tokens = $4, output_tokens = $5, cost = $6,
                outcome = $7,
                milliseconds = $8 from before as b where c.id = b.id returning c.tokens)
        update assistant.model_months as m set tokens = m.tokens - b.tokens + a.tokens from before as b, after as a
        where m.organization_id = $1 and m.month = date_trunc('month', b.called_at at time zone 'UTC')::date
        """;

    /// <summary>The number of the request; null where the month's budget does not hold it.</summary>
    public async Task<long?> SetAsideAsync(Spender who, string model, int tokens, CancellationToken ct)
    {
        long? call = null;
        await RunAsync(who, SetAsideSql, async command =>
        {
            command.With(
                new NpgsqlParameter { Value = who.Organization.Value }, Parameter.Time(clock.GetUtcNow()),
                new NpgsqlParameter { Value = tokens },
                new NpgsqlParameter { Value = options.Value.MonthlyTokens }, new NpgsqlParameter { Value = who.User.Value },
                new NpgsqlParameter { Value = model });
            call = (long?)await command.ExecuteScalarAsync(ct);
        }, ct);
        return call;
    }

    /// <summary>Whatever becomes of the question: what was taken is counted.</summary>
    public Task SettleAsync(Spender who, long call, ModelUse use) => RunAsync(who, SettleSql, async command =>
    {
        command.With(
            new NpgsqlParameter { Value = who.Organization.Value }, new NpgsqlParameter { Value = call }, Whole(use.Charged),
            Whole(use.Input),
            Whole(use.Output), new NpgsqlParameter { Value = (object?)use.Cost ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric },
            Parameter.Text(Vocabulary.Word(use.Outcome)), Whole((int)use.Took.TotalMilliseconds));
        await command.ExecuteNonQueryAsync();
    }, CancellationToken.None);

    private async Task RunAsync(Spender who, string sql, Func<NpgsqlCommand, Task> run, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(who.Organization, who.User);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.InTransactionAsync(async () =>
        {
            await using var command = new NpgsqlCommand(sql, work.Connection, work.Transaction);
            await run(command);
        }, ct);
    }

    private static NpgsqlParameter Whole(int? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };
}
