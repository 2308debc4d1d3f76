using Npgsql;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Gives a committed memo a moment to leave, so that the answer can say <c>sent</c> where it is true.</summary>
internal static class Departure
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Between = TimeSpan.FromMilliseconds(40);

    public static async Task AwaitAsync(UnitOfWork work, CommunicationId id, MemoResponse answer, CancellationToken ct)
    {
        var started = work.Clock.GetTimestamp();
        try
        {
            while (answer.Status == CommunicationStatus.Queued && work.Clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Between, work.Clock, ct);
                await using var command = new NpgsqlCommand("select status, sent_at from outreach.communications where id = $1",
                    await work.OpenAsync(ct)) { Parameters = { new() { Value = id.Value } } };
                await using var reader = await command.ExecuteReaderAsync(ct);
                if (!await reader.ReadAsync(ct) || !Vocabulary.TryRead<CommunicationStatus>(reader.GetString(0), out var status)) return;
                (answer.Status, answer.SentAt) = (status, reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or NpgsqlException)
        {
            // The memo is on its way whether or not we can watch it go.
        }
    }
}
