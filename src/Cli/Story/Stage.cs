using CloudManager.Cli.Output;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Story;

/// <summary>What every chapter needs: the cast, the clock, the narrator.</summary>
internal sealed class Stage(Cast cast, Narrator narrator)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Clock _clock = new(cast.Technical.Api, narrator.Screen) { Tells = narrator.Screen.ShowsProgress };

    public Cast Cast => cast;

    public Narrator Narrator => narrator;

    /// <summary>Business time.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        (await cast.Technical.Api.DemoClock.ReadAsync(cancellationToken)).Now;

    /// <summary>Moves business time forward; where it is already past, it stays.</summary>
    public async Task AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (await NowAsync(cancellationToken) >= to)
        {
            return;
        }

        var done = await _clock.AdvanceAsync(to, cancellationToken);
        narrator.Step(
            cast.Technical.Account,
            done.Now,
            new("推进业务时间", "business time moves on"),
            narrator.Screen.Say($"{Texts.Of(done.Now)}，{done.Steps} 步", $"{Texts.Of(done.Now)}, {done.Steps} steps")
        );
        foreach (var trouble in done.Troubles ?? [])
        {
            narrator.Check(
                new($"作业 {trouble.Job}（{Texts.Of(trouble.At)}）", $"the job {trouble.Job} ({Texts.Of(trouble.At)})"),
                "done",
                $"{trouble.Outcome} {Texts.Of(trouble.Detail, narrator.Screen.Language)}"
            );
        }
    }

    /// <summary>A party takes a step of a request's way.</summary>
    public async Task<Request> ActAsync(
        Player who,
        (string Request, string Action) step,
        StepInput input,
        CancellationToken cancellationToken
    )
    {
        var request = await who.Api.Steps.ActAsync(step.Request, step.Action, input, ifMatch: null, cancellationToken);
        narrator.Step(who.Account, request.History[^1].At, Words.Both($"{step.Request} {step.Action}"), request.State);
        return request;
    }

    /// <summary>Waits until the platform has made what was ordered.</summary>
    public async Task<Request> WaitAsync(string id, string state, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(cast.Provider.Api, narrator.Screen) { Patience = Patience };
        var request = await waiting.UntilAsync(id, state, cancellationToken);
        narrator.Step(
            cast.Provider.Account,
            request.History[^1].At,
            new($"{id} 资源池完成工单", $"{id} the pool has fulfilled the order"),
            request.State
        );
        return request;
    }
}
