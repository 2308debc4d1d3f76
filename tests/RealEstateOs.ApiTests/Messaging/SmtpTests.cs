using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>The SMTP transport against a server that does what the test wants.</summary>
public sealed class SmtpTests : IAsyncDisposable
{
    private readonly SmtpSink sink = new();
    private readonly List<SmtpConnections> opened = [];
    private long next;

    [Fact]
    public async Task Mails_that_follow_each_other_share_a_connection_up_to_its_limit()
    {
        var transport = Transport(s => s with { SmtpMailsPerConnection = 4 });
        for (var i = 0; i < 10; i++) await SendAsync(transport);
        Assert.Equal(10, sink.Mails.DistinctBy(m => m.MessageId).Count());
        Assert.Equal(3, sink.Connections);
    }

    [Fact]
    public async Task Mails_at_the_same_time_have_a_connection_each_and_the_next_ones_use_them()
    {
        var transport = Transport();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(transport)));
        var first = sink.Connections;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(transport)));
        Assert.Equal(8, sink.Mails.Count);
        Assert.InRange(first, 1, 4);
        Assert.InRange(sink.Connections, first, 4);
    }

    [Fact]
    public async Task An_idle_connection_is_given_back_to_the_server()
    {
        var transport = Transport(s => s with { SmtpIdle = TimeSpan.FromMilliseconds(100) });
        await SendAsync(transport);
        await Eventually.UntilAsync(() => sink.OpenConnections == 0);
        await SendAsync(transport);
        Assert.Equal((2, 2), (sink.Mails.Count, sink.Connections));
    }

    [Fact]
    public async Task A_connection_that_the_server_had_closed_is_opened_again_for_the_same_mail()
    {
        var transport = Transport();
        await SendAsync(transport);
        sink.HangUp();
        await SendAsync(transport);
        sink.Answer = command => sink.Mails.Count == 2 && sink.Connections == 2 && command.StartsWith("MAIL", StringComparison.Ordinal)
            ? "421 too long idle" : null;
        await SendAsync(transport);
        Assert.Equal((3, 3), (sink.Mails.DistinctBy(m => m.MessageId).Count(), sink.Connections));
    }

    [Theory]
    [InlineData("RCPT", "550 no such person", true)]
    [InlineData("RCPT", "451 come back later", false)]
    [InlineData("MAIL", "530 sign in first", false)]
    [InlineData("MAIL", "550 you may not write as this", false)]
    [InlineData("RCPT", "530 sign in first", false)]
    [InlineData(".", "552 too big", true)]
    [InlineData(".", "452 disk full", false)]
    [InlineData("HELLO", "554 not for you", false)]
    [InlineData("HELLO", "421 closing", false)]
    [InlineData(".", "", false)]
    public async Task A_refusal_is_final_or_worth_another_try_and_the_next_mail_goes_through(string command, string answer, bool final)
    {
        sink.Answer = said => said.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        var transport = Transport();
        if (final) await Assert.ThrowsAsync<PermanentJobFailure>(() => SendAsync(transport));
        else Assert.IsNotType<PermanentJobFailure>(await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(transport)));
        Assert.Equal(answer.Length == 0 ? 1 : 0, sink.Mails.Count);
        sink.Answer = _ => null;
        var before = sink.Mails.Count;
        await SendAsync(transport);
        Assert.Equal(before + 1, sink.Mails.Count);
    }

    [Fact]
    public async Task A_refused_recipient_costs_no_connection()
    {
        var transport = Transport();
        sink.Answer = said => said.StartsWith("RCPT", StringComparison.Ordinal) ? "550 no such person" : null;
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<PermanentJobFailure>(() => SendAsync(transport));
        sink.Answer = _ => null;
        await SendAsync(transport);
        Assert.Equal((1, 1), (sink.Mails.Count, sink.Connections));
    }

    [Theory]
    [InlineData("HELLO")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task A_server_that_says_nothing_is_left_when_the_time_is_up(string silentAt)
    {
        sink.Answer = command => command == silentAt ? "…" : null;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Transport(), patience.Token))
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private SmtpTransport Transport(Func<MailSettings, MailSettings>? change = null)
    {
        var settings = new MailSettings { SmtpHost = "127.0.0.1", SmtpPort = sink.Port };
        settings = change?.Invoke(settings) ?? settings;
        opened.Add(new SmtpConnections(settings, TimeProvider.System));
        return new SmtpTransport(settings, opened[^1]);
    }

    private Task<Receipt> SendAsync(SmtpTransport transport, CancellationToken? ct = null)
    {
        var id = Interlocked.Increment(ref next);
        return transport.SendAsync(new OutgoingMail(id, $"<reos-{id}@example.com>",
            new Mail($"r{id}@example.com", "Hello", "Text\n.\nmore") { Html = "<p>Text</p>" }, DateTimeOffset.UnixEpoch),
            ct ?? TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connections in opened) await connections.DisposeAsync();
        await sink.DisposeAsync();
    }
}
