using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>What social posts, the assistant and workflows did.</summary>
public sealed class AutomationFigureTests(Server server)
{
    private const string Path = "/api/v1/analytics";

    [Fact]
    public async Task Posts_conversations_and_workflows_are_counted_for_who_may_see_them()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var (agent, id) = await office.NewUserWhoMayAsync("analytics:read", "assistant:use", "workflows:read:own");
        foreach (var (place, person) in new[] { (office, office.AdminId), (office, id), (other, other.AdminId) })
            await WorkAsync(place, person);
        var all = (await office.Admin.GetAsync($"{Path}/engagement")).Must(200);
        Assert.Equal((2, 2, 240, 14), (all.Long("social.posts"), all.Long("social.measured"), all.Long("social.reach"),
            all.Long("social.engagement")));
        Assert.True(all.IsNull("social.views"));
        Assert.Equal((2, 2, 2, 2), (all.Long("ai.conversations"), all.Long("ai.questions"), all.Long("ai.answers"), all.Long("ai.failed")));
        var own = (await agent.GetAsync($"{Path}/engagement")).Must(200);
        Assert.True(own.IsNull("social"));
        Assert.Equal((1, 1), (own.Long("ai.conversations"), own.Long("ai.questions")));
        Assert.Equal((4, 2, 1, 0.6667m), Workflows((await office.Admin.GetAsync($"{Path}/performance")).Must(200), 2));
        Assert.Equal((2, 1, 0, 1m), Workflows((await agent.GetAsync($"{Path}/performance")).Must(200), 1));
        var (reader, _) = await office.NewUserWhoMayAsync("analytics:read", "deals:read");
        Assert.True((await reader.GetAsync($"{Path}/performance")).Must(200).IsNull("workflows"));
        var health = (await office.Admin.GetAsync($"{Path}/health/system")).Must(200);
        Assert.Equal((1, 2, "66.7%"), (health.Long("services.workflow_engine.active_workflows"),
            health.Long("performance_metrics.workflow_completions_today"), health.Text("services.workflow_engine.success_rate")));
    }

    private static (long, long, long, decimal) Workflows(JsonElement answer, long completed)
    {
        Assert.Equal(completed, answer.Long("workflows.completed"));
        return (answer.Long("workflows.started"), completed, answer.Long("workflows.failed"), answer.Number("workflows.completion_rate"));
    }

    // A published post that was measured twice, a conversation with one answer and one that failed; the administrator's second workflow
    // failed, the other's is paused.
    private static async Task WorkAsync(Office office, long person)
    {
        await office.ChangeAsync(
            $"""
            with post as (
                insert into social.posts (organization_id, platform, post_type, style, language, content, hashtags, pictures, status,
                    time_zone,
                    link_token, seed, turn, claim, phase, looks, failures, published_at, created_by, created_at, updated_at)
                values ($1, 'instagram', 'listing', 'plain', 'en', 'Words', array[]::text[], '[]', 'published', 'UTC', md5(random()::text),
                    1, 1, 0, 'new', 0, 0, now(), {person}, now(), now()) returning id)
            insert into social.insights (organization_id, post_id, measured_at, source, reach, likes, comments)
            select $1, id, now() - n * interval '1 hour', 'network', 120 - n, 5, 2 from post, generate_series(0, 1) n
            """);
        await office.ChangeAsync(
            $"""
            with chat as (
                insert into assistant.chat_sessions (organization_id, title, last_sequence, created_by, created_at, updated_at)
                values ($1, 'Chat', 3, {person}, now(), now()) returning id)
            insert into assistant.chat_messages (organization_id, session_id, sequence, role, state, content, created_at, updated_at)
            select $1, id, n, case n when 1 then 'user' else 'assistant' end, case n when 3 then 'failed' else 'done' end, 'Words', now(),
                now()
            from chat, generate_series(1, 3) n
            """);
        var (second, ended) = person == office.AdminId ? ("failed", "now()") : ("paused", "null");
        await office.ChangeAsync(
            $"""
            with definition as (
                insert into workflows.definitions (organization_id, package_name, version, hash, body, created_at)
                values ($1, 'made-up', 1, md5(random()::text), '[]', now()) returning id)
            insert into workflows.executions (organization_id, definition_id, package_name, package_version, status, rank, parameters,
                customizations, total_steps, revision, started_at, completed_at, deliverables_created, leads_contacted, created_by)
            select $1, id, 'made-up', 1, status, 1, '[]', '[]', 1, 0, now(), at, 0, 0, {person}
            from definition, (values ('completed', now()), ('{second}', {ended})) as made(status, at)
            """);
    }
}
