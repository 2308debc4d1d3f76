using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// Where the links of account mails lead. A page that acts only on a click: mail scanners open every link, and would use
/// the token up.
/// </summary>
internal static class AccountPages
{
    private const string Page =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
        <title>Real Estate OS</title>
        <style>body{font:16px system-ui;max-width:24rem;margin:4rem auto;padding:0 1rem}input,button{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;margin:.4rem 0}</style>
        <h1>Real Estate OS</h1>
        <form id="form">{0}<button>{1}</button></form><p id="answer" role="status"></p>
        <script>
        const form = document.getElementById('form'), answer = document.getElementById('answer');
        form.onsubmit = async event => {
          event.preventDefault();
          const token = new URLSearchParams(location.hash.slice(1)).get('token') || '';
          const body = form.password ? { token, new_password: form.password.value } : { token };
          const reply = await fetch('{2}', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
          answer.textContent = reply.ok ? 'Done. You can close this page.' : (await reply.json()).detail;
          if (reply.ok) form.hidden = true;
        };
        </script></html>
        """;

    /// <summary>Asks for a new password; reached from reset and invitation mails.</summary>
    public static ContentHttpResult SetPassword() => Html(
        "<label>New password<input name=\"password\" type=\"password\" autocomplete=\"new-password\" required></label>", "Set password",
        "/api/v1/auth/password-reset-confirm");

    /// <summary>Confirms an address; reached from verification mails.</summary>
    public static ContentHttpResult VerifyEmail() => Html("", "Confirm my address", "/api/v1/auth/verify-email");

    private static ContentHttpResult Html(string fields, string button, string target) => TypedResults.Content(
        Page.Replace("{0}", fields, StringComparison.Ordinal).Replace("{1}", button, StringComparison.Ordinal).Replace("{2}", target,
            StringComparison.Ordinal), "text/html; charset=utf-8");
}
