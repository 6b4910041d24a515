using CloudManager.Api.Audit;
using CloudManager.Api.Composition;
using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Storage;

namespace CloudManager.Api.Commands;

/// <summary>
/// The audit trail from a terminal: <c>audit verify</c> names the first broken entry, <c>audit checkpoint</c> prints the
/// head to be kept outside.
/// </summary>
internal static class AuditCommand
{
    private const int Whole = 0;
    private const int Broken = 1;
    private const int Misused = 2;

    public static async Task<int> RunAsync(CommandLine options, BooksAddress books, CancellationToken cancellationToken)
    {
        // Opening what holds no books would make some, and call their empty trail whole.
        if (!await books.HoldsBooksAsync(cancellationToken))
        {
            var option = books.IsShared ? BooksOption.Name : "--data";
            var place = books.IsShared ? books.ToString() : options.Data;
            await Console.Error.WriteLineAsync($"{option}: {place}: 没有账本 / holds no books");
            return Misused;
        }

        await using var services = new ServiceCollection()
            .AddLogging()
            .AddBooks(options, books)
            .AddSingleton<VerifyAudit>()
            .BuildServiceProvider();
        await services.GetRequiredService<IBooksOpening>().OpenAsync(cancellationToken);
        var verify = services.GetRequiredService<VerifyAudit>();
        if (options.Words[1] == "checkpoint")
        {
            await Console.Out.WriteLineAsync((await verify.CheckpointAsync(cancellationToken)).ToString());
            return Whole;
        }

        var checkpoint = await ReadAsync(options.Checkpoint, cancellationToken);
        if (checkpoint.Refusal is { } refusal)
        {
            await Console.Error.WriteLineAsync($"--checkpoint: {refusal.Detail}");
            return Misused;
        }

        return await TellAsync(await verify.ExecuteAsync(checkpoint.Value, cancellationToken));
    }

    private static async Task<Result<AuditCheckpoint?>> ReadAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return Result.Of<AuditCheckpoint?>(null);
        }

        var written = File.Exists(text) ? await File.ReadAllTextAsync(text, cancellationToken) : text;
        return AuditCheckpoint.Parse(written).Then(c => (AuditCheckpoint?)c);
    }

    private static async Task<int> TellAsync(AuditVerdict verdict)
    {
        if (verdict.Break is not { } found)
        {
            var head = AuditCheckpoint.Of(verdict.Head);
            await Console.Out.WriteLineAsync($"审计链完整 / the audit trail is whole: {head}");
            return Whole;
        }

        await Console.Error.WriteLineAsync($"第一处断裂 / first broken entry: {found.Sequence} ({found.Fault})");
        await Console.Error.WriteLineAsync(found.Detail.ToString());
        return Broken;
    }
}
