using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// Where the links of account mails lead. A page that acts only on a click: mail scanners open every link, and would use the token up. Whom
/// it is for stands behind the # with the token, so that no server log holds it; one that is no longer good can be sent anew.
/// </summary>
internal static class AccountPages
{
    private static readonly Html Script = Html.Trusted(
        """
        const given = new URLSearchParams(location.hash.slice(1)), find = id => document.getElementById(id), words = find('main').dataset;
        const send = (path, body) => fetch('/api/v1/auth/' + path,
          { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
        if (/^[0-9a-f]{6}$/i.test(given.get('colour'))) document.documentElement.style.setProperty('--accent', '#' + given.get('colour'));
        find('office').textContent = given.get('office') || 'Real Estate OS';
        // Names in a link may be anybody's: they are text, and keep their own direction.
        if (given.get('host') && find('password')) {
          const names = [given.get('host'), find('office').textContent];
          find('invitation').textContent = words.invitation.replace(/\{([01])\}/g, (_, name) => '\u2068' + names[name] + '\u2069');
          find('invitation').hidden = false;
        }
        find('whom').textContent = find('address').value = given.get('for') || '';
        if (find('show')) find('show').onchange = event => find('password').type = event.target.checked ? 'text' : 'password';
        find('form').onsubmit = async event => {
          event.preventDefault();
          const body = { token: given.get('token') || '' };
          if (find('password')) body.new_password = find('password').value;
          const reply = await send(words.path, body);
          const faults = reply.ok ? [] : ((await reply.json()).errors || []).map(e => e.field);
          const ended = faults.includes('token');
          find('answer').textContent = reply.ok ? words.done : ended ? words.ended : faults.length ? words.weak : words.failed;
          find('form').hidden = reply.ok || ended;
          find('again').hidden = !ended;
        };
        find('again').onsubmit = async event => {
          event.preventDefault();
          const reply = await send(words.again, { email: find('address').value });
          find('answer').textContent = reply.ok ? words.sent : words.failed;
          find('again').hidden = reply.ok;
        };
        """);

    /// <summary>Asks for a new password; reached from reset and invitation mails.</summary>
    public static ContentHttpResult SetPassword(HttpContext http, IOptions<AuthOptions> options)
    {
        var w = WordsOf(http);
        return Page(w, "password", "password-reset-confirm", "password-reset-request", Html.Of($"""
            <label for="password">{w["password.label"]}</label>
            <input id="password" type="password" autocomplete="new-password" required aria-describedby="rules" dir="ltr">
            <label class="check"><input id="show" type="checkbox">{w["password.show"]}</label>
            <ul id="rules">{Rules(options.Value.Password, w).Select(rule => Html.Of($"<li>{rule}</li>"))}</ul>
            """));
    }

    /// <summary>Confirms an address; reached from verification mails.</summary>
    public static ContentHttpResult VerifyEmail(HttpContext http) =>
        Page(WordsOf(http), "verify", "verify-email", "resend-verification", Html.Empty);

    private static IEnumerable<string> Rules(PasswordPolicy policy, AccountWords w)
    {
        yield return w.Say("rule.length", policy.MinimumLength);
        if (policy.RequireUppercase) yield return w["rule.upper"];
        if (policy.RequireLowercase) yield return w["rule.lower"];
        if (policy.RequireDigit) yield return w["rule.digit"];
        if (policy.RequireSpecial) yield return w["rule.special"];
    }

    private static AccountWords WordsOf(HttpContext http) => AccountWords.Of(AskedLanguage.Of(http));

    private static ContentHttpResult Page(AccountWords w, string topic, string path, string again, Html fields) => TypedResults.Content(
        SmallPage.Of(w.Language, w[topic], Html.Of($"""<bdi id="office">Real Estate OS</bdi>"""), Html.Of($"""
            <main id="main" data-path="{path}" data-again="{again}" data-done="{w["done"]}" data-ended="{w["ended"]}"
            data-weak="{w["password.weak"]}" data-sent="{w["again.sent"]}" data-failed="{w["failed"]}"
            data-invitation="{w["invitation"]}">
            <h1>{w[topic]}</h1><p id="invitation" hidden></p>
            <form id="form"><p>{w[$"{topic}.lead"]} <b><bdi id="whom" dir="ltr"></bdi></b></p>{fields}
            <button>{w[$"{topic}.button"]}</button></form><p id="answer" role="status"></p>
            <form id="again" hidden><h2>{w["again"]}</h2><label for="address">{w["again.label"]}</label>
            <input id="address" type="email" autocomplete="email" required dir="ltr"><button>{w["again.button"]}</button></form></main>
            <script>{Script}</script>
            """)), "text/html; charset=utf-8");
}
