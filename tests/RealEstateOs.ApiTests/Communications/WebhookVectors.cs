namespace RealEstateOs.ApiTests.Communications;

/// <summary>
/// Signed by the providers' own packages (npm @sendgrid/eventwebhook 8.0.0, twilio 6.3.1) with keys that were thrown away.
/// </summary>
internal static class WebhookVectors
{
    public const string EmailSecret = "the e-mail secret of the tests", SmsSecret = "the sms secret of the tests";

    public const string TwilioToken = "throw-away-token-for-tests", TwilioSharedKey = "throw-away-shared-key";

    public const string InboundDomain = "reply.example.com";

    public const string SendGridPublicKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKbNRTddURiNfnjaO9m7qkmmvtRMPKnwIhGozGD/6gsJbYrX+wQyTOPLZUIAyCIiv/ii0Cu9ztazAUPjVABROXA==";

    public const string SendGridTimestamp = "1705323600";

    public const string SendGridSignature =
        "MEUCIQD4GuWGKtR6D8xFI+EhBVINVpF99MIbfzPyfUcx/5V/1QIgfv69TMdtts2xUGf6DmjpWgopk3zgWuNmZCkQInqsEl8=";

    public const string SendGridBody =
        "[{\"email\":\"jane@example.com\",\"timestamp\":1705323600,\"event\":\"delivered\",\"sg_event_id\":\"vector-1\",\"sg_message_id\":\"vector.filter\",\"message_id\":\"999999999999\"},\r\n{\"email\":\"jane@example.com\",\"timestamp\":1705323601,\"event\":\"open\",\"sg_event_id\":\"vector-2\"}]\r\n";

    public const string TwilioForm =
        "MessageSid=SMvector1&SmsSid=SMvector1&AccountSid=ACvector&From=%2B15550199&To=%2B15550100&MessageStatus=delivered&ApiVersion=2010-04-01&ErrorMessage=%C3%9C+%26+more%3Dx";

    /// <summary>For http://localhost:8000/api/v1/webhooks/sms-provider, and for the same without the port.</summary>
    public const string TwilioSignature = "MBxS9fkuvyeO8od7qSd/VFybpH8=", TwilioSignatureWithoutPort = "N4ixO4Y55RUND0TXGH+mL9/c6aU=";

    public const string TwilioJson = "{\"MessageSid\":\"SMvector2\",\"MessageStatus\":\"delivered\",\"To\":\"+15550100\"}";

    public const string TwilioJsonHash = "aeaabbe703d4d2ba58d3d5e7899e1f7ed9b4519ad16556a11dd4069c088d4419",
        TwilioJsonSignature = "sKXymk9ndSegHQ4ew+iM+nZwJ9k=";

    /// <summary>By the shared key with SHA-256.</summary>
    public const string TwilioSharedFormSignature = "g5Tm2bffUPTo3FW/Up5h88L0Zr3slWd7ocOIAm8ltik=",
        TwilioSharedJsonSignature = "2Lxb2RsS6yujyc/1Gz5TotW5LQHBVl81QdaJ7rJQLrc=";

    public static IEnumerable<(string, string)> Settings =>
    [
        ("Webhooks:EmailSecret", EmailSecret), ("Webhooks:SmsSecret", SmsSecret), ("Webhooks:SendGridPublicKey", SendGridPublicKey),
        ("Twilio:AuthToken", TwilioToken), ("Twilio:SharedKey", TwilioSharedKey),
        ("Mail:InboundDomain", InboundDomain), ("PublicUrl", "http://localhost:8000"),
    ];
}
