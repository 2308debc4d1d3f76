using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.UnitTests.Platform;

public sealed class ForegroundTests
{
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));
    private readonly Foreground foreground;

    public ForegroundTests() => foreground = new Foreground(clock);

    private ValueTask GiveWay(int pieceMs = 1) =>
        foreground.GiveWayAsync(TimeSpan.FromMilliseconds(pieceMs), TestContext.Current.CancellationToken);

    [Fact]
    public void Where_nobody_waits_work_in_bulk_goes_on_at_once() => Assert.True(GiveWay().IsCompletedSuccessfully);

    [Fact]
    public async Task While_somebody_waits_it_gives_way_and_goes_on_in_the_end_although_they_still_wait()
    {
        using var stay = foreground.Enter();
        var given = GiveWay();
        Assert.False(given.IsCompleted);
        await given;
    }

    [Fact]
    public async Task The_longer_its_pieces_take_the_longer_it_gives_way()
    {
        using var stay = foreground.Enter();
        var (afterLong, afterShort) = (GiveWay(pieceMs: 250), GiveWay());
        await afterShort;
        Assert.False(afterLong.IsCompleted);
        await afterLong;
    }

    [Fact]
    public void It_gives_way_for_a_moment_after_the_last_answer_to_what_that_one_has_begun()
    {
        using (foreground.Enter())
        using (foreground.Enter()) { }
        Assert.False(GiveWay().IsCompleted);
        clock.Pass(TimeSpan.FromMilliseconds(30));
        Assert.True(GiveWay().IsCompletedSuccessfully);
    }

    [Fact]
    public void A_job_that_nobody_waits_for_holds_nothing_up()
    {
        default(Foreground.Stay).Dispose();
        Assert.True(GiveWay().IsCompletedSuccessfully);
    }
}
