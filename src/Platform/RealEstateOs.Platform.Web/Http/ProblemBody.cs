namespace RealEstateOs.Platform.Http;

/// <summary>Any refusal, as application/problem+json (RFC 9457).</summary>
/// <param name="Type">A URN of the code.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">What is wrong, for a person.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">Stable, for programs: <c>VAL_001</c>, <c>RES_001</c> …</param>
/// <param name="RequestId">Stands in our logs and in the header X-Request-ID; quote it when you ask us.</param>
/// <param name="Errors">The first hundred faults of the request, in the order of its members; empty where it is none of a member.</param>
/// <param name="Error">The same in the envelope of the older clients.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Timestamp">When it was refused.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string? Instance, string Code, string RequestId, DateTimeOffset Timestamp,
    IReadOnlyList<FaultOfMember> Errors, ProblemEnvelope Error);

/// <summary>One fault of one member.</summary>
/// <param name="Field">The member's path: <c>splits[0].percent</c>.</param>
/// <param name="Loc">The same as steps, the first of them says where: body, query, path, header or row.</param>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Msg">The same as <c>message</c>.</param>
/// <param name="Type">The kind of fault: <c>value_error.missing</c> …</param>
/// <param name="Code">The same, in short: <c>VAL_001</c> missing, <c>VAL_002</c> format, <c>VAL_003</c> out of range.</param>
public sealed record FaultOfMember(string Field, IReadOnlyList<object> Loc, string Message, string Msg, string Type, string Code);

/// <param name="Type">The kind of error: <c>ValidationError</c>, <c>NotFound</c> …</param>
/// <param name="Details">What a program may want to know besides, such as the existing record of a duplicate, or how many
/// <c>more_errors</c> there are.</param>
/// <param name="Code">As <c>code</c> outside the envelope.</param>
/// <param name="Message">As <c>detail</c> outside the envelope.</param>
public sealed record ProblemEnvelope(string Type, string Code, string Message, IReadOnlyDictionary<string, object?> Details);
