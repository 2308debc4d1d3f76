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
    private static readonly Html Style = Html.Trusted(
        """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{font:17px/1.5 system-ui,"Noto Sans","Noto Naskh Arabic",sans-serif;max-width:28rem;margin:10vh auto;padding:0 1.25rem}
        header{opacity:.8}h1{font-size:1.5rem;line-height:1.3;margin:.25rem 0 1rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
        label{display:block;margin:.75rem 0 .25rem}ul{margin:.5rem 0;padding-inline-start:1.25rem;font-size:.95rem}
        input:not([type=checkbox]){font:inherit;width:100%;padding:.6rem;border:1px solid #6b7280;border-radius:.4rem}
        .check{display:flex;gap:.5rem;align-items:center}
        button{font:inherit;margin-top:1rem;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff;cursor:pointer}
        [hidden]{display:none!important}
        """);

    private static readonly Html Script = Html.Trusted(
        """
        const given = new URLSearchParams(location.hash.slice(1)), find = id => document.getElementById(id), words = find('main').dataset;
        const send = (path, body) => fetch('/api/v1/auth/' + path,
          { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
        find('office').textContent = given.get('office') || 'Real Estate OS';
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
        Html.Of($"""
            <!doctype html><html lang="{w.Language}" dir="{w.Direction}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex"><title>{w[topic]}</title><style>{Style}</style></head><body>
            <header><bdi id="office">Real Estate OS</bdi></header>
            <main id="main" data-path="{path}" data-again="{again}" data-done="{w["done"]}" data-ended="{w["ended"]}"
            data-weak="{w["password.weak"]}" data-sent="{w["again.sent"]}" data-failed="{w["failed"]}">
            <h1>{w[topic]}</h1><form id="form"><p>{w[$"{topic}.lead"]} <b><bdi id="whom" dir="ltr"></bdi></b></p>{fields}
            <button>{w[$"{topic}.button"]}</button></form><p id="answer" role="status"></p>
            <form id="again" hidden><h2>{w["again"]}</h2><label for="address">{w["again.label"]}</label>
            <input id="address" type="email" autocomplete="email" required dir="ltr"><button>{w["again.button"]}</button></form></main>
            <script>{Script}</script></body></html>
            """).ToString(), "text/html; charset=utf-8");
}
