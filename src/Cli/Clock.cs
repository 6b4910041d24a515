using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Client;
using CloudManager.Client.DemoClock;

namespace CloudManager.Cli;

/// <summary>Moves the demonstration's clock and says how far it is.</summary>
internal sealed class Clock(CloudManagerClient api, Screen screen)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it asks how far the advance is; the answers to that are heard too.</summary>
    public required bool Tells { get; init; }

    public Task<Advanced> AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken) =>
        screen.WhileAsync(
            screen.Say($"推进业务时间至 {Texts.Of(to)}", $"business time goes to {Texts.Of(to)}"),
            tell => AdvanceAsync(to, tell, cancellationToken)
        );

    private async Task<Advanced> AdvanceAsync(
        DateTimeOffset to,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var look = Tells ? LookAsync(tell, looking.Token) : Task.CompletedTask;
        try
        {
            return await api.DemoClock.AdvanceAsync(new Advance(to), cancellationToken);
        }
        finally
        {
            await looking.CancelAsync();
            await look;
        }
    }

    /// <summary>Tells how far the advance is until it is told to stop; a look that fails is no failed advance.</summary>
    private async Task LookAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, cancellationToken);
                if ((await api.DemoClock.ReadAsync(cancellationToken)).Running is { } running)
                {
                    tell(Say(running));
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is ApiRefusedException or ApiUnreachableException)
            {
                tell(fault.Message);
            }
        }
    }

    private string Say(RunningAdvance running)
    {
        var whole = (running.To - running.From).TotalSeconds;
        var share = whole > 0 ? (running.At - running.From).TotalSeconds / whole * 100 : 0;
        var percent = share.ToString("0", CultureInfo.InvariantCulture);
        return screen.Say(
            $"{Texts.Of(running.At)} → {Texts.Of(running.To)}，{percent} %，{running.Steps} 步",
            $"{Texts.Of(running.At)} → {Texts.Of(running.To)}, {percent} %, {running.Steps} steps"
        );
    }
}
