using System.Text;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Live;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.UnitTests.Platform;

public sealed class EventFramesTests
{
    [Fact]
    public void A_named_frame_carries_the_flat_members_and_its_type()
    {
        Assert.Equal(
            "id: 7\nevent: property_updated\ndata: {\"type\":\"property_updated\",\"property_id\":1,\"current_stage\":\"outreach\"}\n\n",
            Text(EventFrames.Named(7, "property.updated", Payload("""{"property_id": 1, "current_stage": "outreach"}"""))));
    }

    [Fact]
    public void An_envelope_has_no_name_so_that_onmessage_sees_it()
    {
        Assert.Equal(
            "id: 8\ndata: {\"type\":\"deal.stage_changed\",\"data\":{\"deal_id\":2}}\n\n",
            Text(EventFrames.Envelope(8, "deal.stage_changed", Payload("""{"deal_id": 2}"""))));
    }

    [Fact]
    public void A_line_break_in_a_text_stays_inside_the_data_line()
    {
        var frame = Text(EventFrames.Named(1, "reply.received", Payload("""{"reply_text": "one\r\ntwo\nevent: forged\n\nid: 99"}""")));
        Assert.Equal(3, frame.TrimEnd('\n').Split('\n').Length);
        Assert.DoesNotContain('\r', frame);
    }

    [Fact]
    public void A_member_called_type_does_not_stand_twice() =>
        Assert.Equal("id: 1\nevent: x_y\ndata: {\"type\":\"x_y\"}\n\n",
            Text(EventFrames.Named(1, "x.y", Payload("""{"type": "other"}"""))));

    [Theory]
    [InlineData("leads:read", 5, true)]
    [InlineData("leads:read:own", 5, false)]
    [InlineData("leads:read:own", 6, true)]
    [InlineData("properties:read", 6, false)]
    public void A_lead_event_is_for_those_who_may_read_the_lead(string permission, long user, bool may) =>
        Assert.Equal(may, Audience.MayRead(Reader(1, user, permission), Happened("lead.assigned", """{"lead_id": 1, "assigned_to": 6}""")));

    [Fact]
    public void A_notification_is_for_its_addressee_or_for_all()
    {
        var toSix = Happened("notification", """{"user_id": 6, "title": "Hello"}""");
        Assert.True(Audience.MayRead(Reader(1, 6), toSix));
        Assert.False(Audience.MayRead(Reader(1, 5), toSix));
        Assert.True(Audience.MayRead(Reader(1, 5), Happened("notification", """{"user_id": null, "title": "Hello"}""")));
    }

    [Theory]
    [InlineData("cma:read", 5, true)]
    [InlineData("cma:read:own", 5, false)]
    [InlineData("teams:read", 5, false)]
    [InlineData("teams:read", 6, true)]
    public void The_end_of_a_job_is_for_who_asked_for_it_and_for_who_may_read_all_of_its_kind(string permission, long user, bool may) =>
        Assert.Equal(may, Audience.MayRead(Reader(1, user, permission),
            Happened("task.completed", """{"task_id": "job_1", "task_type": "cma.report", "created_by": 6}""")));

    [Fact]
    public void Another_organization_and_an_unknown_type_read_nothing()
    {
        Assert.False(Audience.MayRead(Reader(2, 5, "leads:read"), Happened("lead.created", "{}")));
        Assert.False(Audience.MayRead(Reader(1, 5, "leads:read"), Happened("unheard.of", "{}")));
    }

    [Fact]
    public void Every_event_of_the_contracts_has_an_audience()
    {
        var types = typeof(IEvent).Assembly.GetTypes().Where(t => t is { IsInterface: false } && typeof(IEvent).IsAssignableFrom(t))
            .Select(t => (string)t.GetProperty(nameof(IEvent.Type))!.GetValue(null)!).ToList();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.True(EventAudience.Knows(type), type));
    }

    private static readonly EventAudience Audience = new(new JobKinds(
        [new JobKind("cma.report", "reports", 1, 1, TimeSpan.FromMinutes(1), typeof(NoInput)) { Permission = "cma:read" }]));

    private static LiveEvent Happened(string type, string payload) =>
        new(new EventContext(1, 1, new OrganizationId(1), type, payload, null, null, DateTimeOffset.UnixEpoch));

    private static Principal Reader(long organization, long user, params string[] permissions) =>
        new(new UserId(user), new OrganizationId(organization), null, 1, "jane@example.com", "Jane Doe", ["agent"], permissions,
            "standard", 1);

    private static JsonElement Payload(string json) => JsonElement.Parse(json);

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);
}
