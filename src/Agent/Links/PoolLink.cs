using System.Collections.Concurrent;
using System.Net;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Calls;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Links;

/// <summary>
/// Serves one pool to one process of the platform: polls for calls, makes them, delivers what they answered. A link
/// that is cut stops neither the calls under way nor the delivery, which goes on when the link is back.
/// </summary>
internal sealed class PoolLink(
    PlatformDoor door,
    PoolAtSite site,
    AgentJournal journal,
    AgentHabits habits,
    ILogger logger
) : IDisposable
{
    /// <summary>With so many answers that the platform does not take, no more calls are leased.</summary>
    private const int MostUndelivered = 200;

    /// <summary>How long calls under way may go on when the agent is told to stop.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, HeldCall> _held = new();
    private readonly CancellationTokenSource _end = new();
    private readonly CallRun _run = new(site, journal, logger);
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDown;

    public async Task RunAsync(CancellationToken stop)
    {
        Resume();
        var wait = new Backing(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        for (var poll = 1L; !stop.IsCancellationRequested; poll++)
        {
            try
            {
                var answer = await PollAsync(poll, stop);
                wait.Reset();
                Told();
                await TakeAsync(answer);
            }
            catch (LinkException fault)
            {
                Tell(fault);
                await PauseAsync(wait, stop);
            }
            catch (OperationCanceledException)
            {
                // Told to stop, or a place was freed while a poll without places was open.
            }
#pragma warning disable CA1031 // The border of a poll: a bug in one must not end the link for good.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                logger.LogError(bug, "A poll for pool {Pool} broke", site.Id);
                await PauseAsync(wait, stop);
            }
        }

        await EndAsync();
    }

    public void Dispose() => _end.Dispose();

    private async Task<LeaseAnswer> PollAsync(long poll, CancellationToken stop)
    {
        Volatile.Write(ref _freed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        var running = _held.Values.Count(held => held.IsRunning);
        var isFull = _held.Count - running > MostUndelivered;
        var places = isFull ? 0 : Math.Clamp((habits.Concurrency ?? site.Concurrency) - running, 0, 256);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var request = new LeaseRequest
        {
            Contract = RelayContract.Version,
            Agent = habits.Me,
            Poll = poll,
            Places = places,
            WaitSeconds = (int)habits.PollFor.TotalSeconds,
            Holds = [.. _held.Keys.Take(RelayContract.MostHeld)],
            Announcement = site.Announce(),
        };
        var leasing = door.LeaseAsync(request, abort.Token);
        if (places == 0)
        {
            // Such a poll brings no call, only word of those that are over: it ends when there is a place.
            await Task.WhenAny(leasing, Volatile.Read(ref _freed).Task);
            await abort.CancelAsync();
        }

        return await leasing;
    }

    private async Task TakeAsync(LeaseAnswer answer)
    {
        site.Follow(answer.BusinessTime);
        foreach (var id in answer.Over)
        {
            if (_held.TryGetValue(id, out var held))
            {
                await held.EndAsync();
            }
        }

        foreach (var call in answer.Calls)
        {
            var entry = new JournalEntry(
                call.Id,
                door.Platform,
                site.Id,
                $"{call.Service}.{call.Method}",
                habits.MachineTime.GetUtcNow(),
                null
            );
            var held = new HeldCall(call.Id, _end.Token) { IsRunning = true, Entry = entry };
            if (_held.TryAdd(call.Id, held))
            {
                held.Work = Task.Run(() => ServeAsync(held, call), CancellationToken.None);
            }
        }
    }

    /// <summary>What the process before this one left in the journal: its answers, and calls that its end cut off.</summary>
    private void Resume()
    {
        foreach (var entry in journal.Read().Where(it => it.Platform == door.Platform && it.Pool == site.Id))
        {
            var held = new HeldCall(entry.Call, _end.Token) { Entry = entry };
            _held[entry.Call] = held;
            held.Work = Task.Run(() => DeliverAsync(held, entry.Answer ?? CallRun.CutOff), CancellationToken.None);
        }
    }

    private async Task ServeAsync(HeldCall held, LeasedCall call)
    {
        try
        {
            var answer = await _run.RunAsync(held, call, (part, token) => PostAsync(held, part, false, token));
            Free(held);
            await DeliverAsync(held, answer);
        }
        catch (OperationCanceledException)
        {
            Free(held);
            Drop(held);
        }
    }

    private async Task DeliverAsync(HeldCall held, PendingAnswer answer)
    {
        try
        {
            await PostAsync(held, answer, true, held.Ended);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits, or the agent ends: then it stays in the journal.
        }

        Drop(held);
    }

    /// <summary>Posts until the platform has it. One it will never take becomes a failure, so that the caller hears of it.</summary>
    private async Task PostAsync(HeldCall held, PendingAnswer answer, bool isLast, CancellationToken cancellationToken)
    {
        var wait = new Backing(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        while (true)
        {
            try
            {
                if (!await door.AnswerAsync(OnWire(held, answer, isLast), cancellationToken))
                {
                    await held.EndAsync();
                }

                held.Ended.ThrowIfCancellationRequested();
                return;
            }
            catch (LinkException fault) when (fault.IsFinal)
            {
                logger.LogError("{Platform} does not take an answer: {Reason}", door.Platform, fault.Message);
                if (answer.Failure is not null && isLast)
                {
                    await held.EndAsync();
                    throw new OperationCanceledException(held.Ended);
                }

                var words = $"the platform did not take the agent's answer: {fault.Message}";
                (answer, isLast) = (answer with { Value = null, Failure = new(FailureKind.Unavailable, words) }, true);
            }
            catch (LinkException fault) when (fault.Status == HttpStatusCode.ServiceUnavailable)
            {
                // It has not read the part before yet, and has waited already.
                await Task.Delay(wait.First, habits.MachineTime, cancellationToken);
            }
            catch (LinkException)
            {
                await Task.Delay(wait.Next(), habits.MachineTime, cancellationToken);
            }
        }
    }

    private AnswerPart OnWire(HeldCall held, PendingAnswer answer, bool isLast) =>
        new()
        {
            Contract = RelayContract.Version,
            Agent = habits.Me,
            Call = held.Id,
            Part = answer.Part,
            Last = isLast,
            Value = answer.Value,
            Failure = answer.Failure,
        };

    private void Free(HeldCall held)
    {
        held.IsRunning = false;
        Volatile.Read(ref _freed).TrySetResult();
    }

    private void Drop(HeldCall held)
    {
        if (held.Entry is not null && (held.IsOver || !_end.IsCancellationRequested))
        {
            journal.Remove(held.Id);
        }

        _held.TryRemove(held.Id, out _);
        held.Dispose();
    }

    private async Task EndAsync()
    {
        var works = Task.WhenAll(_held.Values.Select(held => held.Work));
        _end.CancelAfter(Ending);
        await works.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PauseAsync(Backing wait, CancellationToken stop)
    {
        var pause = Task.Delay(wait.Next(), habits.MachineTime, stop);
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tell(LinkException fault)
    {
        if (!_isDown)
        {
            logger.LogWarning("{Platform}, pool {Pool}: {Reason}", door.Platform, site.Id, fault.Message);
        }

        _isDown = true;
    }

    private void Told()
    {
        if (_isDown)
        {
            logger.LogInformation("{Platform}, pool {Pool}: the link is back", door.Platform, site.Id);
        }

        _isDown = false;
    }
}
