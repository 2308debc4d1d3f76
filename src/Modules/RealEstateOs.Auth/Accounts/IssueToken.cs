using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Accounts;

/// <summary>The fields of RFC 6749, section 4.3.</summary>
public sealed record TokenForm
{
    /// <summary><c>password</c>.</summary>
    public string? GrantType { get; init; }
    /// <summary>The e-mail address.</summary>
    [MaxLength(254)] public string? Username { get; init; }
    /// <summary>The account's password.</summary>
    [MaxLength(256)] public string? Password { get; init; }
}

internal sealed class TokenFormValidator : AbstractValidator<TokenForm>
{
    public TokenFormValidator()
    {
        RuleFor(r => r.GrantType).NotEmpty().Equal("password").WithMessage("must be password");
        RuleFor(r => r.Username).NotEmpty();
        RuleFor(r => r.Password).NotEmpty();
    }
}

internal static class IssueToken
{
    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["application/x-www-form-urlencoded"], typeof(TokenForm));

    /// <summary>
    /// Signs in by OAuth 2.0's password grant. For tools such as the Authorize button of Swagger UI. Other than that it is
    /// the same as <c>POST /auth/login</c>.
    /// </summary>
    public static async Task<Ok<TokenResponse>> Handle(HttpContext http, CredentialCheck check, TenantTransaction transaction,
        CancellationToken ct)
    {
        var form = await BodyReader.ReadFormAsync<TokenForm>(http);
        return await Login.Handle(new() { Email = form.Username, Password = form.Password }, check, transaction, ct);
    }
}
