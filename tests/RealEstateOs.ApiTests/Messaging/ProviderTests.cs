using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Polly.CircuitBreaker;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Jobs;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>SendGrid and Twilio, played by a server of our own.</summary>
public sealed class ProviderTests(Server server) : IAsyncLifetime
{
    private static readonly OutgoingMail Mail = new(12, "<reos-12@example.com>", new Mail("jane@example.com", "Hello", "Text")
    {
        ToName = "Jane", Html = "<p>Text</p>", ReplyTo = "agent@example.com", Reference = "rcpt_7",
        Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.com/u/1>" },
    }, DateTimeOffset.UnixEpoch);

    private FakeProvider provider = null!;

    public async ValueTask InitializeAsync() => provider = await FakeProvider.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Fact]
    public async Task SendGrid_gets_the_mail_with_our_ids_and_its_own_id_is_the_receipt()
    {
        provider.Answer = response => { response.StatusCode = 202; response.Headers["X-Message-Id"] = "sg-1"; return Task.CompletedTask; };
        Assert.Equal("sg-1", (await provider.SendGrid.SendAsync(Mail, TestContext.Current.CancellationToken)).ProviderId);
        var (path, authorization, body) = Assert.Single(provider.Asked);
        var mail = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(("/v3/mail/send", "Bearer SG.key"), (path, authorization));
        Assert.Equal("jane@example.com", mail.At("personalizations")[0].At("to")[0].Text("email"));
        Assert.Equal(["text/plain", "text/html"], mail.At("content").Items().Select(c => c.Text("type")!));
        Assert.Equal(("<https://example.com/u/1>", "<reos-12@example.com>"),
            (mail.At("headers").Text("List-Unsubscribe"), mail.At("headers").Text("Message-ID")));
        Assert.Equal(("12", "rcpt_7", "agent@example.com"),
            (mail.Text("custom_args.message_id"), mail.Text("custom_args.reference"), mail.Text("reply_to.email")));
    }

    [Fact]
    public async Task Twilio_gets_a_form_and_its_sid_is_the_receipt()
    {
        provider.Answer = response =>
        {
            response.StatusCode = 201;
            return response.WriteAsync("{\"sid\": \"SM1\", \"status\": \"queued\"}");
        };
        var receipt = await provider.Twilio.SendAsync(new OutgoingSms(3, new Sms("+971501234567", "Hello & welcome"),
            DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        Assert.Equal("SM1", receipt.ProviderId);
        Assert.Equal(("/2010-04-01/Accounts/AC1/Messages.json", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("AC1:secret")),
            "To=%2B971501234567&From=%2B15550100&Body=Hello+%26+welcome"),
            Assert.Single(provider.Asked));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(413, true)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(408, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task A_refusal_is_final_or_worth_another_try(int status, bool final)
    {
        provider.Answer = response =>
        {
            response.StatusCode = status;
            return response.WriteAsync("{\"errors\": [{\"message\": \"so not\"}]}");
        };
        var byMail = await Assert.ThrowsAnyAsync<Exception>(() => provider.SendGrid.SendAsync(Mail, TestContext.Current.CancellationToken));
        var byText = await Assert.ThrowsAnyAsync<Exception>(
            () => provider.Twilio.SendAsync(new OutgoingSms(3, new Sms("+15550111", "Hello"), DateTimeOffset.UnixEpoch),
                TestContext.Current.CancellationToken));
        Assert.Equal((final, final), (byMail is PermanentJobFailure, byText is PermanentJobFailure));
        Assert.Contains("so not", byMail.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("in two minutes", 110, 120)]
    [InlineData(null, 30, 30)]
    [InlineData("999999", 3600, 3600)]
    public async Task A_provider_that_asks_for_a_pause_gets_it(string? pause, int least, int most)
    {
        provider.Answer = response =>
        {
            response.StatusCode = 429;
            if (pause is not null) response.Headers.RetryAfter = pause.StartsWith("in", StringComparison.Ordinal)
                ? TimeProvider.System.GetUtcNow().AddMinutes(2).ToString("R", CultureInfo.InvariantCulture) : pause;
            return Task.CompletedTask;
        };
        var later = await Assert.ThrowsAsync<RetryJobLater>(() => provider.SendGrid.SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.InRange(later.Delay.TotalSeconds, least, most);
    }

    [Fact]
    public async Task After_repeated_faults_a_provider_is_left_alone_but_refusals_of_single_messages_do_not_count()
    {
        using var guards = MessagingRegistration.Guards(TimeProvider.System);
        var guard = guards.GetPipeline("sendgrid");
        ValueTask<Receipt> SendAsync() =>
        guard.ExecuteAsync(async ct => await provider.SendGrid.SendAsync(Mail, ct), TestContext.Current.CancellationToken);

        provider.Answer = response => { response.StatusCode = 400; return Task.CompletedTask; };
        for (var i = 0; i < 10; i++) await Assert.ThrowsAsync<PermanentJobFailure>(async () => await SendAsync());
        provider.Answer = response => { response.StatusCode = 503; return Task.CompletedTask; };
        for (var i = 0; i < 30 && await Record.ExceptionAsync(async () => await SendAsync()) is not BrokenCircuitException; i++) ;
        var asked = provider.Asked.Count;
        await Assert.ThrowsAsync<BrokenCircuitException>(async () => await SendAsync());
        Assert.Equal(asked, provider.Asked.Count);
        Assert.InRange(asked, 18, 31);
    }

    [Fact]
    public async Task While_a_provider_is_away_messages_wait_and_none_is_given_up()
    {
        using var guards = MessagingRegistration.Guards(TimeProvider.System);
        provider.Answer = response => { response.StatusCode = 503; return Task.CompletedTask; };
        // Three attempts each, and no wait between them: without the circuit all would be over in a moment.
        await using var worker = Worker.For(server, (number, context, scope, ct) => Sending.RunAsync(
            scope.GetRequiredService<UnitOfWork>(), [], context, new MessageToSend(number), "sendgrid", guards.GetPipeline("sendgrid"),
            (_, token) => provider.SendGrid.SendAsync(Mail, token), ct), concurrency: 2);
        for (var i = 0; i < 12; i++) await worker.EnqueueAsync(await MessageAsync(worker));
        worker.Start();
        var waits = await Eventually.UntilAsync(worker.WaitsAsync, all => all.Count(w => w.Seconds > 10) >= 8);
        Assert.True(waits.Count(w => w.Seconds is > 10 and < 61) >= 8, string.Join(", ", waits));
        for (var i = 0; i < 5; i++)
        {
            await worker.HurryAsync();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.InRange(await worker.CountAsync("failed"), 0, 4); // only what failed three times before the circuit opened
        Assert.InRange(provider.Asked.Count, 8, 14);
    }

    private static async Task<int> MessageAsync(Worker worker)
    {
        await using var command = worker.Sources.System.CreateCommand(
            "insert into platform.messages (organization_id, channel, recipient, subject, body) "
                + "values ($1, 'email', 'jane@example.com', 'Hello', 'Text') returning id::int");
        command.Parameters.Add(new NpgsqlParameter { Value = worker.Tenant.Value });
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
