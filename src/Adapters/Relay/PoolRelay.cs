using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.Relay.Queue;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay;

/// <summary>
/// The relay (中继) of one pool: the platform's calls go in on one side and are fetched by the pool's site agents
/// (现场代理) on the other, for networks into which nothing may call.
/// </summary>
public sealed class PoolRelay
{
    /// <summary>How long a part may wait for room before the agent is told to post it again.</summary>
    private static readonly TimeSpan RoomWithin = TimeSpan.FromSeconds(10);

    private readonly RelaySettings _settings;
    private readonly CallBoard _board;
    private readonly TimeProvider _machineTime;
    private readonly TimeProvider _businessTime;

    internal PoolRelay(RelaySettings settings, TimeProvider machineTime, TimeProvider businessTime)
    {
        (_settings, _machineTime, _businessTime) = (settings, machineTime, businessTime);
        _board = new CallBoard(machineTime, settings.Queue);
    }

    /// <summary>The agents that have been heard, the newest first.</summary>
    public IReadOnlyList<AgentStanding> Agents => _board.Agents;

    /// <summary>Where a client certificate may come from besides the connection itself; null: from nowhere.</summary>
    public ForwardedCertificate? Forwarded => _settings.Forwarded;

    /// <summary>Whether any client certificate opens the pool.</summary>
    public bool TakesCertificates => _settings.Credentials.Any(each => each.IsCertificate);

    internal IReadOnlyList<Announcement> Announced => _board.Announced;

    internal string? Absence => _board.Absence;

    /// <summary>The name of the key; null where it does not open this pool.</summary>
    public string? NameOfKey(string key) => NameOf(Credential.HashOf(key), isCertificate: false);

    /// <summary>The name of the certificate by the SHA-256 of its DER bytes; null where it does not open this pool.</summary>
    public string? NameOfCertificate(byte[] sha256) => NameOf(sha256, isCertificate: true);

    /// <summary>Gives the agent calls: at once where there are some, else as soon as there are, else none after a while.</summary>
    /// <returns>Null where the agent is refused: another credential uses its instance's name, or there are too many agents.</returns>
    public async Task<LeaseAnswer?> LeaseAsync(
        LeaseRequest request,
        string credential,
        CancellationToken cancellationToken
    )
    {
        if (_board.Enter(request, credential) is not { } agent)
        {
            return null;
        }

        try
        {
            var until = _machineTime.GetUtcNow() + TimeSpan.FromSeconds(request.WaitSeconds);
            while (true)
            {
                var pulse = _board.Pulse;
                var left = until - _machineTime.GetUtcNow();
                if (_board.Take(agent, request) is { } taken)
                {
                    return new LeaseAnswer([.. taken.Calls.Select(OnWire)], taken.Over, _businessTime.GetUtcNow());
                }

                if (left <= TimeSpan.Zero || !await IsInTimeAsync(pulse, left, cancellationToken))
                {
                    return new LeaseAnswer([], [], _businessTime.GetUtcNow());
                }
            }
        }
        finally
        {
            _board.Leave(agent);
        }
    }

    /// <summary>Takes an answer, or the next part of one; waits a while where its reader is slower than the agent.</summary>
    public async Task<Taking> AnswerAsync(AnswerPart part, string credential, CancellationToken cancellationToken)
    {
        var (call, standing) = _board.Find(part, credential);
        if (call is null || standing != Taking.Taken)
        {
            return standing;
        }

        var until = _machineTime.GetUtcNow() + RoomWithin;
        while (true)
        {
            var taking = _board.Accept(call, part);
            var left = until - _machineTime.GetUtcNow();
            if (taking != Taking.Full || left <= TimeSpan.Zero)
            {
                return taking;
            }

            await IsInTimeAsync(HasRoomAsync(call, cancellationToken), left, cancellationToken);
        }
    }

    /// <exception cref="AdapterException">No agent took or answered the call, or its answer is a failure.</exception>
    internal async Task<TAnswer> AskAsync<TArguments, TAnswer>(
        Method<TArguments, TAnswer> method,
        TArguments arguments,
        CancellationToken cancellationToken
    )
    {
        var call = Add(method, arguments);
        try
        {
            var answer = Read<TAnswer>(method, await NextAsync(call, cancellationToken));
            return answer is not null || method.MayFindNothing ? answer! : throw RelayErrors.NotUnderstood(method, "$");
        }
        finally
        {
            _board.Drop(call);
        }
    }

    /// <exception cref="AdapterException">The listing could not be made, or broke off.</exception>
    internal async IAsyncEnumerable<IReadOnlyList<TItem>> ListAsync<TArguments, TItem>(
        Listing<TArguments, TItem> method,
        TArguments arguments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var call = Add(method, arguments);
        try
        {
            for (var part = 0; part < RelayContract.MostParts; part++)
            {
                var next = await NextAsync(call, cancellationToken);
                var items = Read<IReadOnlyList<TItem>>(method, next) ?? [];
                if (items.Any(item => item is null))
                {
                    throw RelayErrors.NotUnderstood(method, "$[*]");
                }

                yield return items;
                if (next.Last)
                {
                    yield break;
                }
            }

            throw RelayErrors.TooManyParts(method);
        }
        finally
        {
            _board.Drop(call);
        }
    }

    private AgentCall Add<TArguments>(Method method, TArguments arguments)
    {
        var written = JsonSerializer.SerializeToElement(arguments, RelayJson.Strict);
        var call = new AgentCall(method, written, _machineTime.GetUtcNow());
        _board.Add(call);
        return call;
    }

    /// <summary>The next part; its failure is thrown.</summary>
    private async Task<AnswerPart> NextAsync(AgentCall call, CancellationToken cancellationToken)
    {
        var first = call.NextPart == 0;
        var ready = call.Parts.WaitToReadAsync(cancellationToken).AsTask();
        var inTime =
            (first && await IsInTimeAsync(ready, _settings.TakeWithin, cancellationToken))
            || await IsAnsweredAsync(call, ready, first, cancellationToken);
        if (!inTime)
        {
            throw _board.Drop(call)
                ? RelayErrors.NotTaken(call.Method, $"no agent took it within {_settings.TakeWithin.TotalSeconds:0} s")
                : RelayErrors.NoAnswer(call.Method, call.Lessee!.Identity.Name, _settings.AnswerWithin);
        }

        if (!await ready || !call.Parts.TryRead(out var part))
        {
            throw RelayErrors.BrokenOff(call.Method);
        }

        return part.Failure is { } failure ? throw failure.ToException() : part;
    }

    /// <summary>A call that no agent has by now is not waited for any longer.</summary>
    private async Task<bool> IsAnsweredAsync(
        AgentCall call,
        Task<bool> ready,
        bool first,
        CancellationToken cancellationToken
    )
    {
        var left = first ? call.Since + _settings.AnswerWithin - _machineTime.GetUtcNow() : _settings.AnswerWithin;
        return (!first || call.Lessee is not null)
            && left > TimeSpan.Zero
            && await IsInTimeAsync(ready, left, cancellationToken);
    }

    private async Task<bool> IsInTimeAsync(Task task, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(within, _machineTime, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task HasRoomAsync(AgentCall call, CancellationToken cancellationToken)
    {
        try
        {
            await call.HasRoomAsync(cancellationToken);
        }
        catch (AdapterException)
        {
            // The call was ended meanwhile; the board says so at the next look.
        }
    }

    private LeasedCall OnWire(AgentCall call)
    {
        var left = call.Since + _settings.AnswerWithin - _machineTime.GetUtcNow();
        return new(call.Id, call.Method.Service, call.Method.Name, call.Arguments, Math.Max(0, left.TotalSeconds));
    }

    private static T? Read<T>(Method method, AnswerPart part)
    {
        if (part.Value is not { ValueKind: not JsonValueKind.Null } value)
        {
            return typeof(T) == typeof(Nothing) ? (T)(object)Nothing.Value : default;
        }

        try
        {
            return value.Deserialize<T>(RelayJson.Answers);
        }
        catch (JsonException fault)
        {
            throw RelayErrors.NotUnderstood(method, fault.Path ?? "$");
        }
    }

    private string? NameOf(byte[] sha256, bool isCertificate) =>
        _settings.Credentials.FirstOrDefault(each => each.IsCertificate == isCertificate && each.Opens(sha256))?.Name;
}
