using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// Where networks lead back to as long as no front end is named by <c>Social:RedirectUrl</c>. The person signs in here once more, because
/// a link alone must not connect anything.
/// </summary>
internal static class SignInPage
{
    public const string Route = "/social/connected";

    private const string Page =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer"><title>Real Estate OS</title>
        <style>
        body { font: 16px system-ui; max-width: 24rem; margin: 4rem auto; padding: 0 1rem }
        input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; margin: .4rem 0 }
        </style>
        <h1>Real Estate OS</h1>
        <form id="form"><p>Sign in to connect the account.</p>
        <label>E-mail<input name="email" type="email" autocomplete="username" required></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required></label>
        <button>Connect</button></form><p id="answer" role="status"></p>
        <script>
        const form = document.getElementById('form'), answer = document.getElementById('answer');
        const query = new URLSearchParams(location.search);
        const send = async (path, body, token) => {
          const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
          const reply = await fetch('{root}' + path, { method: 'POST', headers, body: JSON.stringify(body) });
          const read = await reply.json();
          if (!reply.ok) throw new Error(read.detail);
          return read;
        };
        if (!query.get('code')) { form.hidden = true; answer.textContent = query.get('error_description') || 'Nothing was connected.'; }
        form.onsubmit = async event => {
          event.preventDefault();
          try {
            const session = await send('/auth/login', { email: form.email.value, password: form.password.value });
            const body = { state: query.get('state'), code: query.get('code') };
            const accounts = await send('/social/accounts/callback', body, session.access_token);
            answer.textContent = `Connected: ${accounts.map(a => a.name).join(', ')}. You can close this page.`;
            form.hidden = true;
          } catch (refused) { answer.textContent = refused.message; }
        };
        </script></html>
        """;

    public static ContentHttpResult Handle() =>
        TypedResults.Content(Page.Replace("{root}", ApiGroup.Root, StringComparison.Ordinal), "text/html; charset=utf-8");
}
