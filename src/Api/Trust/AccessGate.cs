using CloudManager.Api.Web;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Trust;

/// <summary>
/// Lets a call through to its endpoint only where the endpoint names the caller; an endpoint that names nobody is closed.
/// A refused attempt at a change is an audit entry.
/// </summary>
internal sealed class AccessGate(IBooks books) : IEndpointFilter
{
    public static readonly Forbidden NotForYou = new(
        "access.notForYou",
        ("本账号无权使用此功能", "this account may not use this")
    );

    private static readonly Forbidden ChangePasswordFirst = new(
        "account.mustChangePassword",
        ("须先修改初始密码", "set a password of your own first: POST /api/v1/me/password")
    );

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Refuse(http.GetEndpoint()?.Metadata.GetMetadata<Access>(), Caller.Of(http)) is not { } refusal)
        {
            return await next(context);
        }

        await NoteAsync(http, refusal);
        return Answers.Refused(refusal);
    }

    internal static Refusal? Refuse(Access? access, Caller? caller)
    {
        if (access is { Public: true })
        {
            return null;
        }

        if (access is null || caller is null || !access.Lets(caller.Actor))
        {
            return NotForYou;
        }

        return caller.MustChangePassword && !access.BeforePasswordChange ? ChangePasswordFirst : null;
    }

    private async Task NoteAsync(HttpContext http, Refusal refusal)
    {
        if (HttpMethods.IsGet(http.Request.Method) || Caller.Of(http) is not { } caller)
        {
            return;
        }

        var path = http.Request.Path.Value ?? "";
        var subject = new Subject("endpoint", path.Length > 200 ? path[..200] : path);
        await books.ChangeAsync(
            caller.Wants($"call.{http.Request.Method.ToLowerInvariant()}", subject),
            (_, _) => Task.FromResult<Result<Done>>(refusal),
            http.RequestAborted
        );
    }
}
