namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That the cloud answers, says what it is, and takes calls as the platform makes them.</summary>
internal static class ConnectChecks
{
    private const int AtOnce = 8;

    private static readonly TimeSpan LongestSettleTime = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "connect.answers",
            "A16",
            new CheckText("云平台可达且凭据有效", "the cloud answers and accepts the credentials"),
            (run, token) => run.Adapter.CheckAsync(token)
        ),
        new(
            "connect.describes-itself",
            "A16",
            new CheckText(
                "适配器如实说明云平台类型、版本、限制和缺项原因",
                "the adapter says its kind, the cloud's version, its limits, and why anything is missing"
            ),
            DescribesItselfAsync
        ),
        new(
            "connect.takes-calls-at-once",
            "A16",
            new CheckText("可同时处理多个调用", "several calls may be under way at once"),
            (run, token) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => run.Adapter.CheckAsync(token)))
        ),
        new(
            "connect.honours-cancellation",
            "A16",
            new CheckText("取消的调用立即结束", "a call that is cancelled ends as cancelled"),
            HonoursCancellationAsync
        ),
    ];

    private static Task DescribesItselfAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var info = run.Adapter.Info;
        ConformanceFailure.Unless(!string.IsNullOrWhiteSpace(info.Kind), "Info.Kind is empty.");
        ConformanceFailure.Unless(
            info.CloudVersion is not null && info.CloudVersion.Trim() == info.CloudVersion,
            $"Info.CloudVersion is '{info.CloudVersion}'."
        );
        var limits = info.Limits;
        ConformanceFailure.Unless(
            limits.LargestVolumeGiB is null or > 0,
            $"The largest volume is {limits.LargestVolumeGiB} GiB."
        );
        ConformanceFailure.Unless(
            limits.SettleTime >= TimeSpan.Zero && limits.SettleTime <= LongestSettleTime,
            $"The settle time is {limits.SettleTime}."
        );
        ConformanceFailure.Unless(
            info.Notes.All(note =>
                !string.IsNullOrWhiteSpace(note.Capability) && !string.IsNullOrWhiteSpace(note.Reason)
            ),
            "A note names no capability or no reason."
        );
        return Task.CompletedTask;
    }

    private static async Task HonoursCancellationAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await EndsAsync("The check", () => run.Adapter.CheckAsync(cancelled.Token));
        if (run.Adapter.Servers is { } servers)
        {
            await EndsAsync("Finding a server", () => servers.FindAsync(run.NextKey(), cancelled.Token));
        }
    }

    private static async Task EndsAsync(string what, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new ConformanceFailure($"{what} went on although it was cancelled.");
    }
}
