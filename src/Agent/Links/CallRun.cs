using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Calls;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Links;

/// <summary>Makes one leased call on the adapter: noted in the journal before and after where it leaves something behind.</summary>
internal sealed class CallRun(PoolAtSite site, AgentJournal journal, ILogger logger)
{
    /// <summary>What a call ended with that was under way when the agent ended.</summary>
    public static PendingAnswer CutOff { get; } =
        new(
            0,
            null,
            new CallFailure(FailureKind.Unavailable, "The agent was started again while the call was under way.")
        );

    /// <summary>Makes the call.</summary>
    /// <param name="held">The call as it is held; its entry is the one to write before the call is made.</param>
    /// <param name="call">What to call.</param>
    /// <param name="post">Posts a part that is not the last; returns when the platform has it.</param>
    /// <returns>The last part.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits for the call any more, or the agent ends.</exception>
    public async Task<PendingAnswer> RunAsync(
        HeldCall held,
        LeasedCall call,
        Func<PendingAnswer, CancellationToken, Task> post
    )
    {
        PendingAnswer answer;
        try
        {
            answer = await CallAsync(held, call, post);
        }
        catch (AdapterException failure)
        {
            answer = new PendingAnswer(held.Parts, null, CallFailure.Of(failure));
        }
        catch (OperationCanceledException) when (held.Ended.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The border of a call: a bug ends this call and no other.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "{Service}.{Method} on {Pool} broke", call.Service, call.Method, site.Id);
            var words = $"the agent failed: {bug.GetType().Name}";
            answer = new PendingAnswer(held.Parts, null, new CallFailure(FailureKind.Unavailable, words));
        }

        Keep(held, answer);
        return answer;
    }

    private async Task<PendingAnswer> CallAsync(
        HeldCall held,
        LeasedCall call,
        Func<PendingAnswer, CancellationToken, Task> post
    )
    {
        var last = new PendingAnswer(0, null, null);
        var known = CallTable.Find(call);
        Note(held, known);
        await known.RunAsync(
            site.Open(),
            call.Arguments,
            async (value, isLast, token) =>
            {
                last = new PendingAnswer(held.Parts, value, null);
                if (!isLast)
                {
                    await post(last, token);
                    held.Parts++;
                }
            },
            held.Ended
        );
        return last;
    }

    private void Note(HeldCall held, KnownCall known)
    {
        if (known.Method.Effect == Effect.Reads)
        {
            held.Entry = null;
            return;
        }

        try
        {
            journal.Put(held.Entry!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            logger.LogError("The journal cannot be written: {Reason}", fault.Message);
            held.Entry = null;
            throw new AdapterException(
                FailureKind.Throttled,
                "The agent's journal cannot be written; nothing was done."
            );
        }
    }

    private void Keep(HeldCall held, PendingAnswer answer)
    {
        if (held.Entry is not { } entry)
        {
            return;
        }

        try
        {
            journal.Put(entry with { Answer = answer });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is delivered from memory; only a start before that would tell the call as cut off.
            logger.LogError("The journal cannot be written: {Reason}", fault.Message);
        }
    }
}
