using System.Text.Json;
using System.Threading.Channels;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Queue;

/// <summary>One call on its way: waiting for an agent, or leased to one. What changes in it changes under the board's lock.</summary>
internal sealed class AgentCall(Method method, JsonElement arguments, DateTimeOffset since)
{
    /// <summary>So many parts of an answer stand in memory at most; the agent waits with the next.</summary>
    private const int PartsAhead = 2;

    private readonly Channel<AnswerPart> _parts = Channel.CreateBounded<AnswerPart>(
        new BoundedChannelOptions(PartsAhead) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public Method Method => method;

    public JsonElement Arguments => arguments;

    /// <summary>When it was called, machine time.</summary>
    public DateTimeOffset Since => since;

    /// <summary>How many bytes its arguments have.</summary>
    public int Length { get; } = System.Text.Encoding.UTF8.GetByteCount(arguments.GetRawText());

    /// <summary>Which agent has it; null while none has.</summary>
    public ConnectedAgent? Lessee { get; set; }

    /// <summary>The poll it was leased in.</summary>
    public long LeasedIn { get; set; }

    /// <summary>The part that is taken next.</summary>
    public int NextPart { get; set; }

    public ChannelReader<AnswerPart> Parts => _parts.Reader;

    public ValueTask<bool> HasRoomAsync(CancellationToken cancellationToken) =>
        _parts.Writer.WaitToWriteAsync(cancellationToken);

    /// <summary>Takes the part; false while there is no room.</summary>
    public bool TryTake(AnswerPart part)
    {
        if (!_parts.Writer.TryWrite(part))
        {
            return false;
        }

        NextPart++;
        if (part.Last)
        {
            _parts.Writer.TryComplete();
        }

        return true;
    }

    /// <summary>Nobody reads it any more.</summary>
    public void End() => _parts.Writer.TryComplete();

    /// <summary>Ends it for the caller.</summary>
    public void Fail(AdapterException failure) => _parts.Writer.TryComplete(failure);
}
