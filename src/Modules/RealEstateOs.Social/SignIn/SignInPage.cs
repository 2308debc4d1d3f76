using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// Where networks lead back to as long as no front end is named by <c>Social:RedirectUrl</c>. The person signs in here once more, because
/// a link alone must not connect anything.
/// </summary>
internal static class SignInPage
{
    public const string Route = "/social/connected";

    private static readonly Html Script = Html.Trusted(
        """
        const form = document.getElementById('form'), answer = document.getElementById('answer');
        const words = document.getElementById('main').dataset, query = new URLSearchParams(location.search);
        const send = async (path, body, token) => {
          const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
          const reply = await fetch(words.root + path, { method: 'POST', headers, body: JSON.stringify(body) });
          const read = await reply.json();
          if (!reply.ok) throw new Error(read.detail);
          return read;
        };
        if (!query.get('code')) { form.hidden = true; answer.textContent = query.get('error_description') || words.nothing; }
        form.onsubmit = async event => {
          event.preventDefault();
          try {
            const session = await send('/auth/login', { email: form.email.value, password: form.password.value });
            const body = { state: query.get('state'), code: query.get('code') };
            const accounts = await send('/social/accounts/callback', body, session.access_token);
            answer.textContent = `${words.done} ${accounts.map(a => a.name).join(', ')}`;
            form.hidden = true;
          } catch (refused) { answer.textContent = refused.message; }
        };
        """);

    public static ContentHttpResult Handle(HttpContext http)
    {
        var w = ConnectWords.Of(AskedLanguage.Of(http));
        return TypedResults.Content(SmallPage.Of(w.Language, w["title"], Html.Of($"Real Estate OS"), Html.Of($"""
            <main id="main" data-root="{ApiGroup.Root}" data-nothing="{w["nothing"]}" data-done="{w["done"]}"><h1>{w["title"]}</h1>
            <form id="form"><p>{w["lead"]}</p>
            <label>{w["email"]}<input name="email" type="email" autocomplete="username" required dir="ltr"></label>
            <label>{w["password"]}<input name="password" type="password" autocomplete="current-password" required dir="ltr"></label>
            <button>{w["button"]}</button></form><p id="answer" role="status"></p></main><script>{Script}</script>
            """)), "text/html; charset=utf-8");
    }
}

internal sealed class ConnectWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("title", "Connect the account", "ربط الحساب"), ("lead", "Sign in to connect it.", "سجّل الدخول مرة أخرى لربطه."),
        ("email", "E-mail address", "البريد الإلكتروني"), ("password", "Password", "كلمة المرور"), ("button", "Connect", "ربط"),
        ("nothing", "Nothing was connected.", "لم يُربط شيء."),
        ("done", "Done, you can close this page. Connected:", "تم، يمكنك إغلاق هذه الصفحة. رُبط:"),
    ];

    private static readonly ConnectWords English = new(false), Arabic = new(true);

    public static ConnectWords Of(string language) => IsArabicTag(language) ? Arabic : English;
}
