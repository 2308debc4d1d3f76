using System.Text;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>What spreadsheets, address books, lead forms and listing systems really write.</summary>
public sealed class RealFilesTests(Server server)
{
    private const string Leads = "/api/v1/leads", Clients = "/api/v1/clients", Properties = "/api/v1/properties";

    [Theory]
    [InlineData("sep=;\nfirst_name;last_name;email\nFirst;Line;first.line@example.com\n", "utf-8")]
    [InlineData("\uFEFFsep=;\r\nfirst_name;last_name;email\r\nFirst;Line;first.line@example.com\r\n", "utf-8")]
    [InlineData("\"sep=,\"\nfirst_name,last_name,email\nFirst,Line,first.line@example.com\n", "utf-8")]
    [InlineData("sep=\t\nfirst_name\tlast_name\temail\nFirst\tLine\tfirst.line@example.com\n", "utf-8")]
    [InlineData("\uFEFFfirst_name\tlast_name\temail\r\nFirst\tLine\tfirst.line@example.com\r\n", "utf-16")]
    [InlineData("first_name,last_name,email\r\nFirst,Line,first.line@example.com\r\n", "utf-16")]
    [InlineData("\uFEFFfirst_name,last_name,email\nFirst,Line,first.line@example.com\n", "utf-16BE")]
    [InlineData("\uFEFF{\"value\": [{\"first_name\": \"First\", \"last_name\": \"Line\", \"email\": \"first.line@example.com\"}]}",
        "utf-8")]
    public async Task A_spreadsheets_text_is_read_in_its_encoding_and_with_its_separator(string text, string encoding)
    {
        var office = await server.NewOfficeAsync();
        var accepted = (await office.Admin.UploadAsync(Encoding.GetEncoding(encoding).GetBytes(text),
            text.Contains("value", StringComparison.Ordinal) ? "leads.json" : "leads.csv", ("entity", "leads"))).Must(202);
        (await office.Admin.FinishedAsync(accepted.Text("id")!)).MustCount(inserted: 1);
        Assert.Equal("first.line@example.com", Assert.Single((await office.Admin.GetAsync(Leads)).Must(200).Items()).Text("email"));
    }

    [Fact]
    public async Task A_row_of_a_file_with_a_separator_line_is_named_by_its_own_line()
    {
        var office = await server.NewOfficeAsync();
        var import = await office.Admin.ImportAsync("sep=;\nfirst_name;last_name;email\nA;B;a@example.com\nC;D;nothing\n", "leads.csv",
            ("entity", "leads"));
        import.MustCount(inserted: 1, failed: 1);
        Assert.Equal(4, Assert.Single(await office.Admin.ErrorsAsync(import)).Line);
    }

    [Fact]
    public async Task The_lead_form_of_a_network_is_taken_in_with_its_marked_numbers_its_status_and_single_names()
    {
        var office = await server.NewOfficeAsync();
        const string file =
            """
            id,created_time,ad_id,campaign_id,form_id,form_name,is_organic,platform,full_name,email,phone_number,lead_status
            l:900100,2026-11-14T18:22:10+04:00,ag:1,c:7,f:6,Marina form,false,fb,Salma Test,salma.test@example.com,p:+971502220001,CREATED
            l:900101,2026-11-14T18:25:10+04:00,ag:1,c:7,f:6,Marina form,false,ig,Ahmed,ahmed.test@example.com,p:+971502220002,complete
            """;
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"))).MustCount(inserted: 2);
        var ahmed = Assert.Single((await office.Admin.GetAsync($"{Leads}?external_id=l:900101")).Must(200).Items());
        Assert.Equal(("Ahmed", "", "+971502220002", "new"),
            (ahmed.Text("first_name"), ahmed.Text("last_name"), ahmed.Text("phone_e164"), ahmed.Text("status")));
        (await office.Admin.ImportAsync("first_name,last_name,email\nSolo,,solo@example.com\n,Madonna,m@example.com\n", "leads.csv",
            ("entity", "leads"))).MustCount(inserted: 2);
        (await office.Admin.ImportAsync("first_name,email\nSolo,solo@example.com\n", "clients.csv", ("entity", "clients"))).MustCount(
            inserted: 1);
    }

    [Fact]
    public async Task Of_several_columns_of_numbers_the_first_that_says_something_is_taken_and_the_others_are_kept()
    {
        var office = await server.NewOfficeAsync();
        const string file =
            """
            First Name,Last Name,Phone,Mobile Phone,Home Phone,E-mail 1 - Value,E-mail 2 - Value
            Only,Mobile,,+971502220020,,,second@example.com
            All,Three,+971502220021,+971502220022,04 422 2222,one@example.com,two@example.com
            Google,Book,+971502220023 ::: +971502220024,,,,
            """;
        (await office.Admin.ImportAsync(file, "contacts.csv", ("entity", "leads"))).MustCount(inserted: 3);
        var leads = (await office.Admin.GetAsync($"{Leads}?sort=first_name")).Must(200).Items().ToList();
        Assert.Equal(["+971502220021", "+971502220023", "+971502220020"], leads.Select(l => l.Text("phone_e164")));
        Assert.Equal(["one@example.com", null, "second@example.com"], leads.Select(l => l.IsNull("email") ? null : l.Text("email")));
        Assert.Contains("502220022", leads[0].At("metadata").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("502220024", leads[1].At("metadata").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_in_a_column_of_a_file_always_wins_and_what_is_not_understood_is_no_yes()
    {
        var office = await server.NewOfficeAsync();
        const string file =
            """
            First Name,Last Name,Email,Email Opt Out,Do not contact,Unsubscribed,Email Consent,Consent
            A,OptOut,a@example.com,TRUE,,,,
            B,Consent,b@example.com,,,,,FALSE
            C,Word,c@example.com,,,,,No
            D,Contact,d@example.com,,Yes,,yes,true
            E,Dated,e@example.com,,,2026-03-01 10:00,,yes
            F,Fine,f@example.com,FALSE,no,,yes,
            G,Silent,g@example.com,,,,,
            H,Unclear,h@example.com,,,,,perhaps
            I,Unclear,i@example.com,maybe,,,,
            """;
        var import = await office.Admin.ImportAsync(file, "people.csv", ("entity", "leads"));
        import.MustCount(inserted: 7, failed: 2);
        Assert.Equal([(9, "consent"), (10, "email_opt_out")], (await office.Admin.ErrorsAsync(import)).Select(e => (e.Line, e.Field)));
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "s", content = "x" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { })).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200),
            c => c.Text("status") == "completed");
        var recipients = (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients?limit=100")).Must(200).Items();
        Assert.Equal(["f@example.com", "g@example.com"],
            recipients.Where(r => r.Text("state") != "suppressed").Select(r => r.Text("address")).Order());
        (await office.Admin.ImportAsync("email,Email Consent\na@example.com,yes\n", "people.csv", ("entity", "leads"),
            ("on_duplicate", "update"), ("defaults", """{"first_name": "A"}"""))).MustCount(unchanged: 1);
    }

    [Theory]
    [InlineData("Opted out of email: General", "email")]
    [InlineData("Unsubscribed from all email", "email")]
    [InlineData("Do Not Bulk Email", "email")]
    [InlineData("WhatsApp opt-out", "sms")]
    [InlineData("DoNotText", "sms")]
    [InlineData("Please do not contact", "email")]
    public async Task A_heading_that_nobody_knows_but_that_sounds_like_a_no_is_one(string heading, string channel)
    {
        var office = await server.NewOfficeAsync();
        var file = $"First Name,Last Name,Email,Phone,Unsubscribed,{heading}\nSays,No,no@example.com,+971502220099,FALSE,TRUE\nSays,Nothing,nothing@example.com,+971502220098,,\n";
        (await office.Admin.ImportAsync(file, "people.csv", ("entity", "leads"))).MustCount(inserted: 2);
        var leads = (await office.Admin.GetAsync($"{Leads}?sort=last_name")).Must(200).Items().ToList();
        Assert.True(leads[0].At("consent").ValueKind == System.Text.Json.JsonValueKind.False
            || leads[0].At($"consent.{channel}").ValueKind == System.Text.Json.JsonValueKind.False);
        Assert.True(leads[1].IsNull("consent"));
    }

    [Fact]
    public async Task A_no_of_clients_and_owners_in_a_file_suppresses_their_addresses_and_one_of_a_row_that_is_passed_over_is_heard()
    {
        var office = await server.NewOfficeAsync();
        const string people = "First Name,Last Name,Email,Phone,Email Opt Out,Do not contact,Subscribed\nA,Mail,a.mail@example.com,+971502220001,yes,,\nB,All,b.all@example.com,050 222 0002,,1,yes\nC,Not,c.not@example.com,+971502220003,,,no\nD,Fine,d.fine@example.com,+971502220004,no,,yes\nE,Unclear,e@example.com,,perhaps,,\n";
        var import = await office.Admin.ImportAsync(people, "clients.csv", ("entity", "clients"));
        import.MustCount(inserted: 4, failed: 1);
        Assert.Equal((6, "email_opt_out"), Assert.Single((await office.Admin.ErrorsAsync(import)).Select(e => (e.Line, e.Field))));
        (await office.Admin.ImportAsync("ref,address,city,owner_email,owner_phone,Owner opted out\nH1,1 Test Street,Dubai,Owner <o.no@example.com>,+971502220005,TRUE\nH2,2 Test Street,Dubai,o.yes@example.com,,\n")).MustCount(inserted: 2);
        var suppressed = (await office.Admin.GetAsync("/api/v1/communications/suppressions?limit=100")).Must(200).Items()
            .Select(s => s.Text("address")).Order();
        Assert.Equal(["+971502220002", "+971502220005", "a.mail@example.com", "b.all@example.com", "c.not@example.com", "o.no@example.com"],
            suppressed);

        var lead = (await office.Admin.PostAsync(Leads,
            new { first_name = "Ann", last_name = "Lee", email = "ann@example.com", consent = true })).Must(201).Id();
        const string again = "first_name,last_name,email,unsubscribed\nAnna,Li,ann@example.com,yes\n";
        (await office.Admin.ImportAsync(again, "leads.csv", ("entity", "leads"), ("on_duplicate", "skip"))).MustCount(updated: 1);
        (await office.Admin.ImportAsync(again, "leads.csv", ("entity", "leads"), ("on_duplicate", "skip"))).MustCount(unchanged: 1);
        var after = (await office.Admin.GetAsync($"{Leads}/{lead}")).Must(200);
        Assert.Equal(("Ann", false), (after.Text("first_name"), after.At("consent.email").GetBoolean()));
    }

    [Fact]
    public async Task Our_own_export_comes_back_by_our_ids_and_changes_only_what_was_changed()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync(Samples.Property(("price", 1_000_000), ("tags", new[] { "sea", "new" }),
            ("owner_phone", "+971501234567")));
        var lead = await office.NewLeadAsync(("budget", 500_000));
        (await office.Admin.PostAsync(Clients, new { first_name = "Omar", last_name = "Khalil" })).Must(201);
        foreach (var (path, entity) in new[] { (Properties, "properties"), (Leads, "leads"), (Clients, "clients") })
        {
            var csv = (await office.Admin.GetAsync(path, ("Accept", "text/csv"))).Text;
            (await office.Admin.ImportAsync(csv, "again.csv", ("entity", entity))).MustCount(unchanged: 1);
            (await office.Admin.ImportAsync(csv.Replace(",Dubai,", ",Sharjah,", StringComparison.Ordinal).Replace("Haddad", "Hadid",
                StringComparison.Ordinal).Replace("Khalil", "Khan", StringComparison.Ordinal), "again.csv", ("entity", entity)))
                .MustCount(updated: 1);
            Assert.Equal("1", (await office.Admin.GetAsync(path)).Header("X-Total-Count"));
        }
        var after = (await office.Admin.GetAsync($"{Leads}/{lead.Id()}")).Must(200);
        Assert.Equal(("Hadid", false, true), (after.Text("last_name"), after.IsTrue("score_is_manual"), after.IsNull("metadata")));
        var stranger = await server.NewOfficeAsync();
        var foreign = await stranger.Admin.ImportAsync($"id,organization_id,first_name,last_name\n{lead.Id()},1,No,Body\n", "again.csv",
            ("entity", "leads"));
        foreign.MustCount(failed: 1);
        Assert.Equal("id", Assert.Single(await stranger.Admin.ErrorsAsync(foreign)).Field);
    }

    [Theory]
    [InlineData("leads", Leads)]
    [InlineData("clients", Clients)]
    public async Task Who_is_here_already_is_refused_updated_filled_or_passed_over_as_the_request_says(string entity, string path)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(path,
            new { first_name = "Ann", last_name = "Lee", email = "ann@example.com", notes = "first" })).Must(201);
        const string file = "first_name,last_name,email,phone,notes\nAnna,Li,ANN@example.com,+971502223399,second\n";
        Task<System.Text.Json.JsonElement> ImportAsync(string? way) =>
        office.Admin.ImportAsync(file, "people.csv", way is null ? [("entity", entity)] : [("entity", entity), ("on_duplicate", way)]);
        async Task<(string?, string?, string?)> PersonAsync()
        {
            var person = Assert.Single((await office.Admin.GetAsync(path)).Must(200).Items());
            return (person.Text("first_name"), person.IsNull("phone") ? null : person.Text("phone"), person.Text("notes"));
        }
        (await ImportAsync(null)).MustCount(failed: 1);
        (await ImportAsync("skip")).MustCount(unchanged: 1);
        Assert.Equal(("Ann", null, "first"), await PersonAsync());
        (await ImportAsync("merge")).MustCount(updated: 1);
        Assert.Equal(("Ann", "+971502223399", "first"), await PersonAsync());
        (await ImportAsync("update")).MustCount(updated: 1);
        Assert.Equal(("Anna", "+971502223399", "second"), await PersonAsync());
        (await ImportAsync("update")).MustCount(unchanged: 1);
        Assert.Equal(["on_duplicate"],
            (await office.Admin.UploadAsync(Encoding.UTF8.GetBytes(file), "people.csv", ("entity", entity),
                ("on_duplicate", "overwrite"))).MustNameFields());
    }

    [Fact]
    public async Task Usual_words_of_listings_are_known_and_others_can_be_mapped()
    {
        var office = await server.NewOfficeAsync();
        const string file =
            """
            ref,address,city,type,bedrooms,status,permit_expires_on
            1,One,Dubai,Flat,Studio,Under Offer,2027-03-14T00:00:00+04:00
            2,Two,Dubai,Detached House,7+,For Sale,14-Mar-27
            3,Three,Dubai,Condominium,2 BR,Withdrawn,14 Mar 2027
            4,Four,Dubai,Chalet,3 beds,Hot!,2027-03-14
            """;
        (await office.Admin.ImportAsync(file, "listings.csv",
            ("value_map", """{"property_type": {"CHALET": "villa"}, "status": {"hot!": "available"}}"""))).MustCount(inserted: 4);
        var homes = (await office.Admin.GetAsync($"{Properties}?sort=created_at")).Must(200).Items()
            .OrderBy(p => p.Text("external_id")).ToList();
        Assert.Equal(["apartment", "single_family", "condo", "villa"], homes.Select(p => p.Text("property_type")));
        Assert.Equal([0, 7, 2, 3], homes.Select(p => p.Long("bedrooms")));
        Assert.Equal(["pending", "available", "off_market", "available"], homes.Select(p => p.Text("status")));
        Assert.All(homes, p => Assert.Equal("2027-03-14", p.Text("permit_expires_on")));
        Assert.Equal(["value_map.colour"],
            (await office.Admin.UploadAsync(Encoding.UTF8.GetBytes(file), "x.csv",
                ("value_map", """{"colour": {"a": "b"}}"""))).MustNameFields());
        Assert.Equal(["value_map"],
            (await office.Admin.UploadAsync(Encoding.UTF8.GetBytes(file), "x.csv",
                ("value_map", """{"status": "pending"}"""))).MustNameFields());
    }

    [Fact]
    public async Task Answers_of_listing_systems_are_read_out_of_their_envelope_with_their_nested_places_and_standard_names()
    {
        var office = await server.NewOfficeAsync();
        const string reso =
            """
            {"@odata.context": "https://api.example.com/$metadata#Property", "@odata.count": 1,
             "value": [{"ListingKey": "K1", "UnparsedAddress": "1 Reso Road", "City": "Dubai", "PostalCode": "00000", "StandardStatus": "Active Under Contract", "PropertyType": "Residential",
                        "PropertySubType": "Single Family Residence", "ListPrice": 2500000, "BedroomsTotal": 3, "BathroomsTotalInteger": 2, "YearBuilt": 2015, "PublicRemarks": "Sea [view] {1}", "Latitude": 25.08, "Longitude": 55.14}],
             "@odata.nextLink": "https://api.example.com/Property?$skip=1"}
            """;
        (await office.Admin.ImportAsync(reso, "reso.json")).MustCount(inserted: 1);
        const string nested =
            """{"data": [{"id": "K2", "location": {"address": {"street": "2 Nested Street", "city": "Dubai"}, "lat": 25.1, "lng": 55.2}, "price": {"amount": 900000, "currency": "AED"}, "agent": {"name": "A. Gent", "email": "agent@example.com"}}]}""";
        (await office.Admin.ImportAsync(nested, "nested.json")).MustCount(inserted: 1);
        var (one, two) = (await OneAsync(office, "K1"), await OneAsync(office, "K2"));
        Assert.Equal(("1 Reso Road", "under_contract", "single_family", 2_500_000m, 3, 25.08m),
            (one.Text("address"), one.Text("status"), one.Text("property_type"), one.Number("price"), one.Long("bedrooms"),
                one.Number("latitude")));
        Assert.Equal(("2 Nested Street", "Dubai", 900_000m, "AED", 55.2m),
            (two.Text("address"), two.Text("city"), two.Number("price"), two.Text("currency"), two.Number("longitude")));
        Assert.Equal((true, "agent@example.com"), (two.IsNull("owner_email"), two.Text("metadata.agent.email")));
    }

    [Fact]
    public async Task A_complete_file_says_which_listings_it_does_not_name_and_closes_them_on_request()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.ImportAsync(
            "ref,address,city,status\nA,One,Dubai,available\nB,Two,Dubai,available\nC,Three,Dubai,sold\nD,Four,Dubai,pending\n")).MustCount(
                inserted: 4);
        var manual = await office.NewPropertyAsync();
        async Task<string?> StatusAsync(string key) => (await OneAsync(office, key)).Text("status");
        const string file = "ref,address,city,price\nA,One,Dubai,1\nD,Four,Dubai,many\n";
        var reported = await office.Admin.ImportAsync(file, "feed.csv", ("missing", "report"));
        Assert.Equal((1, false, $"prop_{(await OneAsync(office, "B")).Id()}"),
            (reported.Long("missing.count"), reported.IsTrue("missing.closed"), reported.At("missing.records")[0].GetString()));
        Assert.Equal("available", await StatusAsync("B"));
        var unsure = await office.Admin.ImportAsync(file + ",No Key,Dubai,1\n", "feed.csv", ("missing", "close"));
        Assert.Equal((false, "available"), (unsure.IsTrue("missing.closed"), await StatusAsync("B")));
        Assert.True((await office.Admin.ImportAsync(file, "feed.csv", ("missing", "close"), ("dry_run", "true"))).Long("missing.count") == 1
            && await StatusAsync("B") == "available");
        Assert.True((await office.Admin.ImportAsync(file, "feed.csv", ("missing", "close"))).IsTrue("missing.closed"));
        Assert.Equal(("available", "off_market", "sold", "pending"),
            (await StatusAsync("A"), await StatusAsync("B"), await StatusAsync("C"), await StatusAsync("D")));
        Assert.Equal("available", (await office.Admin.GetAsync($"{Properties}/{manual}")).Must(200).Text("status"));
        Assert.Equal(["missing"],
            (await office.Admin.UploadAsync("address,city\nx,y\n"u8.ToArray(), "feed.csv", ("missing", "close"))).MustNameFields());
        Assert.Equal(["missing"],
            (await office.Admin.UploadAsync("email\nx@example.com\n"u8.ToArray(), "feed.csv", ("entity", "leads"),
                ("missing", "close"))).MustNameFields());
    }

    [Fact]
    public async Task An_import_may_be_told_to_start_no_sequences()
    {
        var office = await server.NewOfficeAsync();
        var sequence = (await office.Admin.PostAsync("/api/v1/nurturing/sequences",
            new { name = "All", trigger = "lead_created", steps = new[] { new { type = "wait", delay_days = 1 } } })).Must(201).Id();
        (await office.Admin.ImportAsync("first_name,email\nQuiet,quiet@example.com\n", "leads.csv", ("entity", "leads"),
            ("start_sequences", "false"))).MustCount(inserted: 1);
        (await office.Admin.ImportAsync("first_name,email\nLoud,loud@example.com\n", "leads.csv", ("entity", "leads"))).MustCount(
            inserted: 1);
        var loud = Assert.Single((await office.Admin.GetAsync($"{Leads}?email=loud@example.com")).Must(200).Items()).Id();
        var enrolled = await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"/api/v1/nurturing/enrollments?sequence_id={sequence}")).Must(200),
            e => e.Items().Any());
        Assert.Equal(loud, Assert.Single(enrolled.Items()).Long("lead_id"));
    }

    private static async Task<System.Text.Json.JsonElement> OneAsync(Office office, string key) =>
        Assert.Single((await office.Admin.GetAsync($"{Properties}?external_id={key}")).Must(200).Items());
}
