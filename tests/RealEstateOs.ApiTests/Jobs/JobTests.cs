using System.Collections.Concurrent;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Jobs;

public sealed class JobTests(Server server)
{
    private static readonly Task<object?> Nothing = Task.FromResult<object?>(null);

    [Fact]
    public async Task The_job_of_a_rolled_back_change_never_runs()
    {
        var ran = 0;
        await using var worker = Worker.For(server, (_, _, _, _) => { Interlocked.Increment(ref ran); return Nothing; });
        await using (var scope = worker.Scope())
        {
            var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
            await work.BeginAsync(CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueAsync(worker.Kind, new Task1(1), CancellationToken.None);
            await work.RollbackAsync();
        }
        await worker.EnqueueAsync(2);
        worker.Start();
        await worker.WaitAsync("completed", 1);
        Assert.Equal(1, ran);
    }

    [Fact]
    public async Task The_job_of_a_dead_host_runs_elsewhere()
    {
        await using var worker = Worker.For(server, (_, context, _, _) => Task.FromResult<object?>(new { context.Attempt }));
        await using var dying = worker.Twin(server, (_, _, _, _) => Nothing);
        await worker.EnqueueAsync(1);
        Assert.Equal(1, (await dying.BeginAndDieAsync(TestContext.Current.CancellationToken)).Attempt);
        worker.Start();
        await worker.WaitAsync("completed", 1);
        Assert.Equal(2, await worker.NumberAsync("attempts"));
    }

    [Fact]
    public async Task A_run_that_was_given_up_elsewhere_commits_nothing()
    {
        await using var worker = Worker.For(server, (_, _, _, _) => Nothing);
        await worker.EnqueueAsync(1);
        await using var frozen = worker.Twin(server, (_, _, _, _) => Nothing);
        var old = await frozen.BeginAndDieAsync(TestContext.Current.CancellationToken);
        worker.Start();
        await worker.WaitAsync("completed", 1);
        await using var scope = worker.Scope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        var context = new JobContext(old, worker.Registered, worker.Store, new Foreground(TimeProvider.System), TimeProvider.System);
        await work.BeginAsync(CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueAsync(worker.Kind, new Task1(2), CancellationToken.None);
        context.CompleteWithNextCommit(work, () => "too late");
        await Assert.ThrowsAsync<JobLost>(() => work.CommitAsync(CancellationToken.None));
        await work.RollbackAsync();
        Assert.Equal(0, await worker.CountAsync("queued"));
        Assert.Equal(1, await worker.CountAsync("completed"));
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_then_a_dead_letter_then_replayed()
    {
        var (attempts, broken) = (0, true);
        await using var worker = Worker.For(server, (_, _, _, _) =>
        {
            Interlocked.Increment(ref attempts);
            return broken ? throw new InvalidOperationException("secret detail") : Nothing;
        });
        var id = await worker.EnqueueAsync(1);
        worker.Start();
        await worker.WaitAsync("failed", 1);
        Assert.Equal(3, attempts);

        broken = false;
        await using var scope = worker.Scope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        var letters = scope.ServiceProvider.GetRequiredService<DeadLetters>();
        Assert.Equal(1, (await letters.StatsAsync(CancellationToken.None)).ByQueue[worker.Queue]);
        await work.BeginAsync(CancellationToken.None);
        Assert.Equal([id], await letters.ReplayAsync(worker.Kind, 10, dryRun: true, CancellationToken.None));
        Assert.Equal(1, await worker.CountAsync("failed"));
        Assert.True(await letters.ReplayAsync(id, CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
        await worker.WaitAsync("completed", 1);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_job_that_is_replayed_before_Hangfire_has_said_its_word_waits_on()
    {
        await using var worker = Worker.For(server, (_, _, _, _) => Nothing);
        var id = await worker.EnqueueAsync(1);
        var run = await worker.BeginAndDieAsync(TestContext.Current.CancellationToken);
        await worker.Store.FailAsync(run, worker.Registered, "No.", null, CancellationToken.None);
        await using var scope = worker.Scope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(CancellationToken.None);
        Assert.True(await scope.ServiceProvider.GetRequiredService<DeadLetters>().ReplayAsync(id, CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
        Assert.True(worker.Hangfire.ChangeState(Assert.Single(await worker.HangfireIdsAsync()), new FailedState(new JobFailed(run))));
        Assert.Equal(1, await worker.CountAsync("queued"));
        worker.Start();
        await worker.WaitAsync("completed", 1);
    }

    [Fact]
    public async Task A_permanent_failure_is_not_tried_again()
    {
        var attempts = 0;
        await using var worker = Worker.For(server, (_, _, _, _) =>
        {
            Interlocked.Increment(ref attempts);
            throw new PermanentJobFailure("No such recipient.");
        });
        await worker.EnqueueAsync(1);
        worker.Start();
        await worker.WaitAsync("failed", 1);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task No_more_jobs_of_a_kind_run_at_once_than_it_has_places()
    {
        var (now, most) = (0, 0);
        await using var worker = Worker.For(server, async (_, _, _, ct) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(30, ct);
            Interlocked.Decrement(ref now);
            return null;
        }, concurrency: 2);
        for (var i = 0; i < 20; i++) await worker.EnqueueAsync(i);
        worker.Start();
        await worker.WaitAsync("completed", 20);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Two_hosts_share_a_queue_and_run_no_job_twice()
    {
        const int jobs = 200;
        var runs = new ConcurrentDictionary<int, int>();
        var (first, second) = (0, 0);
        await using var worker = Worker.For(server, (n, _, _, _) =>
        {
            runs.AddOrUpdate(n, 1, (_, c) => c + 1);
            Interlocked.Increment(ref first);
            return Nothing;
        });
        await using var other = worker.Twin(server, (n, _, _, _) =>
        {
            runs.AddOrUpdate(n, 1, (_, c) => c + 1);
            Interlocked.Increment(ref second);
            return Nothing;
        });
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(n => worker.EnqueueAsync(n)));
        worker.Start();
        other.Start();
        await worker.WaitAsync("completed", jobs);
        Assert.Equal(jobs, runs.Count);
        Assert.All(runs.Values, count => Assert.Equal(1, count));
        Assert.True(first > 0 && second > 0, $"One host ran {first}, the other {second}.");
    }

    [Fact]
    public async Task At_shutdown_running_jobs_end_before_the_host_does()
    {
        var started = new TaskCompletionSource();
        await using var worker = Worker.For(server, async (_, _, _, _) =>
        {
            started.SetResult();
            await Task.Delay(500, CancellationToken.None);
            return null;
        });
        await worker.EnqueueAsync(1);
        worker.Start();
        await started.Task.WaitAsync(Eventually.Patience);
        await worker.StopAsync();
        Assert.Equal(1, await worker.CountAsync("completed"));
    }

    [Fact]
    public async Task What_does_not_end_in_time_at_shutdown_goes_back_into_the_queue_as_if_it_had_not_been_tried()
    {
        var started = new TaskCompletionSource();
        await using var worker = Worker.For(server, async (_, _, _, ct) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        }, options: o => o.Drain = TimeSpan.FromMilliseconds(100));
        await worker.EnqueueAsync(1);
        worker.Start();
        await started.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        await worker.StopAsync();
        Assert.Equal(0, Assert.Single(await worker.WaitsAsync()).Attempts);
    }

    [Fact]
    public async Task Waits_between_attempts_double_and_differ_by_chance()
    {
        var tries = 0;
        await using var worker = Worker.For(server, (_, _, _, _) =>
        {
            Interlocked.Increment(ref tries);
            throw new InvalidOperationException("not yet");
        }, options: o => o.FirstDelay = TimeSpan.FromMinutes(10));
        for (var i = 0; i < 6; i++) await worker.EnqueueAsync(i);
        worker.Start();
        var first = await WaitsAsync(1);
        await worker.HurryAsync();
        var second = await WaitsAsync(2);
        Assert.All(first, w => Assert.InRange(w, 10 * 60 * 0.79, 10 * 60 * 1.21));
        Assert.All(second, w => Assert.InRange(w, 20 * 60 * 0.79, 20 * 60 * 1.21));
        Assert.True(first.Max() - first.Min() > 1, "All wait equally long.");

        async Task<List<double>> WaitsAsync(int attempts)
        {
            var waits = await Eventually.UntilAsync(worker.WaitsAsync,
                all => all.Count == 6 && all.All(w => w.Attempts == attempts && w.Seconds > 60));
            return waits.ConvertAll(w => w.Seconds);
        }
    }

    [Fact]
    public async Task A_run_that_tried_nothing_uses_up_no_attempt()
    {
        var runs = 0;
        await using var worker = Worker.For(server, (_, _, _, _) =>
            Interlocked.Increment(ref runs) <= 10
                ? throw new RetryJobLater(TimeSpan.FromMilliseconds(1), "The other side is away.") { IsAttempt = false } : Nothing);
        await worker.EnqueueAsync(1);
        worker.Start();
        await worker.WaitAsync("completed", 1);
        Assert.Equal(11, runs);
    }

    [Fact]
    public async Task An_unfinished_job_with_the_same_key_is_answered_instead_of_a_second()
    {
        await using var worker = Worker.For(server, (_, _, _, _) => Nothing);
        var first = await worker.EnqueueAsync(1, uniqueKey: "once");
        Assert.Equal(first, await worker.EnqueueAsync(2, uniqueKey: "once"));
        Assert.NotEqual(first, await worker.EnqueueAsync(3, uniqueKey: "another"));
    }

    [Fact]
    public async Task A_job_that_was_handed_to_hangfire_and_lost_there_runs_all_the_same()
    {
        await using var worker = Worker.For(server, (_, _, _, _) => Nothing);
        await worker.EnqueueAsync(1);
        // Its host died between the two.
        await worker.ExecuteAsync("update platform.jobs set handed_at = now() - interval '1 hour' where kind = $1");
        await worker.EnqueueAsync(2);
        // Its tables were emptied.
        await worker.ExecuteAsync("update platform.jobs set handed_at = now() - interval '1 hour', hangfire_id = 9223372036854775807 "
            + "where kind = $1 and handed_at is null");
        worker.Start();
        await worker.WaitAsync("completed", 2);
    }

    [Fact]
    public async Task Organizations_take_turns_so_that_nobody_waits_for_anothers_backlog()
    {
        var order = new ConcurrentQueue<long>();
        await using var worker = Worker.For(server, async (_, context, _, ct) =>
        {
            order.Enqueue(context.Organization!.Value.Value);
            await Task.Delay(20, ct);
            return null;
        }, concurrency: 3);
        var (second, third) = (new OrganizationId(worker.Tenant.Value + 1), new OrganizationId(worker.Tenant.Value + 2));
        for (var i = 0; i < 40; i++) await worker.EnqueueAsync(i);
        for (var i = 0; i < 3; i++) await worker.EnqueueAsync(i, other: second);
        for (var i = 0; i < 3; i++) await worker.EnqueueAsync(i, other: third);
        worker.Start();
        await worker.WaitAsync("completed", 46);
        Assert.All([second, third], office => Assert.InRange(order.Select((o, i) => (o, i)).Last(x => x.o == office.Value).i, 0, 15));
    }

    [Fact]
    public async Task One_place_of_three_is_left_to_others_however_long_a_job_of_the_first_takes()
    {
        var release = new TaskCompletionSource();
        await using var worker = Worker.For(server, async (number, _, _, _) =>
        {
            if (number == 0) await release.Task;
            return null;
        }, concurrency: 3);
        for (var i = 0; i < 5; i++) await worker.EnqueueAsync(0);
        worker.Start();
        await worker.WaitAsync("running", 2);
        await worker.EnqueueAsync(1, other: new OrganizationId(worker.Tenant.Value + 1));
        await worker.WaitAsync("completed", 1);
        Assert.Equal(2, await worker.CountAsync("running"));
        release.SetResult();
        await worker.WaitAsync("completed", 6);
    }

    [Fact]
    public async Task The_last_place_of_three_waits_for_an_organization_that_holds_none()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = Worker.For(server, async (number, _, _, _) =>
        {
            if (number < 2) await (number == 0 ? first : second).Task;
            return null;
        }, concurrency: 3);
        var (other, third) = (new OrganizationId(worker.Tenant.Value + 1), new OrganizationId(worker.Tenant.Value + 2));
        for (var i = 0; i < 2; i++) await worker.EnqueueAsync(i);
        worker.Start();
        await worker.WaitAsync("running", 2);
        for (var i = 0; i < 5; i++) await worker.EnqueueAsync(1, other: other);
        await worker.WaitAsync("running", 3);
        first.SetResult();
        await worker.WaitAsync("completed", 1);
        await worker.EnqueueAsync(2, other: third); // begins at once, though the others wait for longer
        await worker.WaitAsync("completed", 2);
        Assert.Equal(2, await worker.CountAsync("running"));
        second.SetResult();
        await worker.WaitAsync("completed", 8);
    }

    [Fact]
    public async Task What_operators_do_with_a_hangfire_job_reaches_the_row()
    {
        var broken = true;
        await using var worker = Worker.For(server, (_, _, _, _) => broken ? throw new PermanentJobFailure("Not like this.") : Nothing);
        await worker.EnqueueAsync(1);
        await worker.EnqueueAsync(2);
        worker.Start();
        await worker.WaitAsync("failed", 2);
        await worker.WaitForHangfireAsync("Failed", 2);
        var known = await worker.HangfireIdsAsync();
        broken = false;
        Assert.True(worker.Hangfire.Requeue(known[0]));
        await worker.WaitAsync("completed", 1);
        Assert.True(worker.Hangfire.Delete(known[1]));
        Assert.Equal(1, await worker.CountAsync("cancelled"));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
    }
}
