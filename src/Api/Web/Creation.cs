using System.Security.Cryptography;
using System.Text.Json;
using CloudManager.Api.Trust;
using CloudManager.Core.Kernel;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CloudManager.Api.Web;

/// <summary>One creating call: what is asked for, how it is made, and how it is found again.</summary>
internal sealed record Creation<T>
    where T : class
{
    public required Intent Intent { get; init; }

    /// <summary>The body, from which the call is known again.</summary>
    public required object Body { get; init; }

    public required Func<ITransaction, CancellationToken, Task<Result<T>>> Make { get; init; }

    public required Func<T, string> IdOf { get; init; }

    /// <summary>The path below which the thing is found; null: the path it was posted to.</summary>
    public string? Collection { get; init; }

    public required Func<ITransaction, string, CancellationToken, Task<T?>> Find { get; init; }
}

/// <summary>
/// Makes things by POST, each at most once per account and Idempotency-Key: the key is kept in the same transaction as
/// the thing.
/// </summary>
internal sealed class Creations(IBooks books, IOnceStore once, MachineClock clock, IOptions<JsonOptions> json)
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const int LongestKey = 100;

    /// <summary>201 with the thing and its place, or the problem.</summary>
    public async Task<IResult> RunAsync<T>(
        Caller caller,
        Creation<T> creation,
        Func<T, object> show,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var key = KeyOf(caller.Http.Request);
        if (key.Refusal is { } malformed)
        {
            return Answers.Refused(malformed);
        }

        var result =
            key.Value.Length == 0
                ? await books.ChangeAsync(creation.Intent, creation.Make, cancellationToken)
                : await OnceAsync(caller, creation, key.Value, cancellationToken);
        if (result.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var place =
            $"{creation.Collection ?? caller.Http.Request.Path}/{Uri.EscapeDataString(creation.IdOf(result.Value))}";
        return Results.Created(place, show(result.Value));
    }

    private async Task<Result<T>> OnceAsync<T>(
        Caller caller,
        Creation<T> creation,
        string key,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var use = new Once(caller.Actor.Account, key, FingerprintOf(caller.Http.Request, creation.Body), "", clock.Now);
        // Looked up by reading first: a repeated call changes nothing, so it leaves no trace either.
        var before = await books.ReadAsync((t, c) => FindAsync(t, use, creation, c), cancellationToken);
        var replayed = before is not null;
        var result =
            before
            ?? await books.ChangeAsync(
                creation.Intent,
                async (transaction, token) =>
                {
                    if (await FindAsync(transaction, use, creation, token) is { } meanwhile)
                    {
                        replayed = true;
                        return meanwhile;
                    }

                    var made = await creation.Make(transaction, token);
                    if (made.IsDone)
                    {
                        await once.AddAsync(transaction, use with { SubjectId = creation.IdOf(made.Value) }, token);
                    }

                    return made;
                },
                cancellationToken
            );
        if (replayed && result.IsDone)
        {
            caller.Http.Response.Headers[Replayed] = "true";
        }

        return result;
    }

    private async Task<Result<T>?> FindAsync<T>(
        ITransaction transaction,
        Once use,
        Creation<T> creation,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (await once.FindAsync(transaction, use.Account, use.Key, cancellationToken) is not { } known)
        {
            return null;
        }

        if (known.Fingerprint != use.Fingerprint)
        {
            return new Invalid(
                "idempotency.keyReused",
                ("该 Idempotency-Key 已用于另一请求", "this Idempotency-Key was used for another call")
            );
        }

        return (await creation.Find(transaction, known.SubjectId, cancellationToken))!;
    }

    private string FingerprintOf(HttpRequest request, object body)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), json.Value.SerializerOptions);
        var call = System.Text.Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n");
        return Convert.ToHexStringLower(SHA256.HashData([.. call, .. text]));
    }

    /// <summary>The key; empty if the caller gave none.</summary>
    private static Result<string> KeyOf(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (header.Count == 0)
        {
            return "";
        }

        var key = header.Count == 1 ? header[0]! : "";
        return key.Length is >= 1 and <= LongestKey && key.All(c => c is > ' ' and < '\x7f')
            ? key
            : new Malformed(
                "idempotency.keyInvalid",
                (
                    $"Idempotency-Key 须为 1 至 {LongestKey} 个可见 ASCII 字符",
                    $"an Idempotency-Key has 1 to {LongestKey} visible ASCII characters"
                )
            );
    }
}
