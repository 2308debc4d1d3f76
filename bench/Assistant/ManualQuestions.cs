using RealEstateOs.DevServices;

namespace RealEstateOs.Bench.Assistant;

/// <summary>
/// Questions over the whole documentation and all decisions of this product, written before any of them was asked: how people ask who don't
/// know the page's words, and how those ask who do. Right is any passage that says it, whichever page it stands on.
/// </summary>
internal static class ManualQuestions
{
    public static readonly (string Question, string Says)[] All =
    [
        // Asked by meaning.
        ("How do I stop a colleague's phone from staying signed in after they leave the company?", "deactivates"),
        ("Can an outsider keep me from getting into my own account by typing wrong passwords?", "a stranger can't keep the owner out"),
        ("Will somebody who reads our database be able to use the invitation e-mails?", "keeps only a hash of its secret"),
        ("May junior staff hand out more rights than they have themselves?", "Nobody can give or take away what they do not hold "
            + "themselves"),
        ("Our website's contact page should create enquiries without anyone's login", "let forms and portals enter leads"),
        ("What happens with the flat in the system after we win the deal?", "sets the property sold"),
        ("Two colleagues both sell one apartment at the same moment", "A property is won once"),
        ("Can I undo a bill that went to the buyer with a wrong name on it?", "taken back as a whole by a credit note"),
        ("Why are there never missing numbers between our bills?", "a rollback gives the number back"),
        ("Do you convert dirhams to dollars in the totals?", "no table of exchange rates"),
        ("Three people share the money equally; who gets the odd cent?", "what rounding leaves over"),
        ("How much are the closing costs when I buy a home in Dubai without a loan?", "costs 129,780"),
        ("What becomes of work that was half done when a server loses power?", "are free after Jobs:Lease"),
        ("One company queues thousands of tasks; do the others have to wait behind it?", "organizations take turns"),
        ("For how long can we see who changed what?", "Retention:AuditLogDays"),
        ("How can I run this behind nginx without all visitors looking like one?", "else all clients are counted as one"),
        ("Is it all right to put a connection pooler in front of the database?", "a pooler in transaction mode"),
        ("What do I have to save so that I can recover from a disaster?", "pg_dump -Fc"),
        ("Does anything break when the cache server goes away?", "one that is gone is noticed at once"),
        ("At what time of day may we text people in the Emirates?", "UAE 09:00–18:00"),
        ("Somebody answered our newsletter with the word stop, what follows?", "says nothing but a stop word counts as a no"),
        ("Does a spam filter that opens every link make our click rate look better?", "Taken for a program's are"),
        ("Where does the customer's reply go when they hit answer in their mail program?", "Reply-To is the agent's address"),
        ("How many times could one customer get the same newsletter if the computer crashes?", "a crash makes at most eight"),
        ("Can I see the text of the mailing before everybody gets it?", "shows the message as a lead"),
        ("How do I know that a call really came from your system and not from a fake?", "The signature is base64 HMAC-SHA256"),
        ("Our server was down all night, did we lose the notifications?", "events are held"),
        ("In which order do we hear of things that happened to one deal?", "come in the order in which they happened"),
        ("Could a customer trick the software into calling machines of our internal network?", "private, loopback, link-local"),
        ("The browser lost its connection to the live updates; are some of them gone?", "replays what was missed in the last 24 hours"),
        ("Does the writing tool make up features that the apartment doesn't have?", "Nothing is invented"),
        ("What is the best hour to put something on Instagram?", "comes from the hours in which"),
        ("Why don't you put a web address into tweets?", "X charges 13 times more"),
        ("Can I try the social media part without connecting any account?", "keeps the exact requests instead of sending them"),
        ("How is a home's price guessed when its building never had a sale?", "shrunk towards the wide"),
        ("How sure are you about an estimate?", "the share of held-out sales of like expected error"),
        ("Do gifts between relatives distort the price estimates?", "Part shares, gifts"),
        ("Where do the figures come from before we have loaded real transactions?", "an invented market"),
        ("How long does it take a house to sell according to the registry?", "no registry of sales records how long"),
        ("May an agent look at how well a colleague performs?", "A colleague's figures"),
        ("When does the boss get the daily summary by mail?", "tells each office at DailyReport:Hour"),
        ("How happy are our customers, as a number?", "no feedback of clients is recorded"),
        ("How is our part of the whole city's business computed?", "won deals ÷ registered sales"),
        ("The same person filled in our form twice, are there two entries now?", "A lead is new once"),
        ("When the salesman types in a new prospect himself, who gets it?", "is theirs unless the body says otherwise"),
        ("May I print a flyer for a home whose owner hasn't signed anything?", "Form A or NOC"),
        ("Can the person who made the flyer also give it the green light?", "nobody approves what they made or submitted"),
        ("Does the web page of a listing track its visitors with cookies?", "no script, no cookie"),
        ("A sold home must vanish from the listing websites", "Property_Status is deleted"),
        ("Can I halt an automated process in the middle and go on next week?", "nothing new begins; steps in flight are finished"),
        // Asked by the product's own words.
        ("RES_003", "is a 409 RES_003"),
        ("WF_003", "WF_003 with step and reason"),
        ("RATE_002", "RATE_002"),
        ("LockEverywhereAfter", "LockEverywhereAfter"),
        ("What does Auth__RefreshGrace do?", "RefreshGrace"),
        ("Webhooks:DisableAfterFailures", "DisableAfterFailures"),
        ("EmbeddingMemoryMb", "EmbeddingMemoryMb"),
        ("cron of nurturing.sweep", "nurturing.sweep"),
        ("cleanup.soft_deleted_records", "cleanup.soft_deleted_records"),
        ("on_duplicate=merge", "on_duplicate=merge"),
        ("X-API-Key reos_", "X-API-Key: reos_…"),
        ("CN-000001", "CN-000001"),
        ("Cabinet Decision 52 article 59", "article 59"),
        ("ts_match_vq leakproof", "ts_match_vq"),
        ("xmin 412", "xmin"),
        ("sg_event_id", "sg_event_id"),
        ("47 CFR 64.1200", "47 CFR 64.1200"),
        ("SMTP code 5.1.1", "5.1.1"),
        ("List-Unsubscribe RFC 8058", "one click (RFC 8058)"),
        ("What is AddAnyEventHandler for?", "AddAnyEventHandler"),
        ("Theil–Sen block resamples", "Theil–Sen"),
        ("PBKDF2-SHA512 iterations", "PBKDF2-SHA512"),
        ("UndeclaredShares", "UndeclaredShares"),
        ("King County targets of COD and PRD", "King County MdAPE"),
        ("platform.report_changes", "platform.report_changes"),
        ("permit_exemption DIFC", "permit_exemption"),
        ("IUndoableStep", "IUndoableStep"),
        ("ILeadMergeFollower", "ILeadMergeFollower"),
        ("pg_snapshot_xmin", "pg_snapshot_xmin"),
        ("UseFunctionInvocation", "UseFunctionInvocation"),
        // A little of both.
        ("Which settings does Twilio need?", "Twilio:AccountSid"),
        ("How do I switch off the sample data?", "SampleData"),
        ("How big may an imported file be?", "Imports:MaxFileMb"),
        ("Which port does the mail server use with TLS?", "TLS from the first byte on port 465"),
        ("Why is the permission list an array and not a join table?", "role_permissions as a join table"),
        ("Why not use LISTEN/NOTIFY for events?", "LISTEN/NOTIFY"),
        ("Why is offset paging not enough?", "Page 10,000 costs what page 1 costs"),
        ("Why not SQLite in the tests?", "SQLite or in-memory databases"),
        ("What is the difference between frozen and rolling accuracy?", "retrained every seven days"),
        ("How are أحمد and احمد found alike?", "أحمد was not found by احمد"),
    ];

    /// <summary>Every page of the documentation and every decision.</summary>
    public static IReadOnlyList<string> Files() =>
        Directory.GetFiles(Path.Combine(PrivateServiceOptions.RepositoryFolder()!, "docs"), "*.md", SearchOption.AllDirectories);
}
