using System.Buffers.Text;
using System.Text.Json;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>One sample of an answer.</summary>
internal delegate void SampleHeard(ResourceId resource, Metric metric, long slot, float value);

/// <summary>
/// Takes apart <c>{"status":"success","data":{"resultType":"matrix","result":[{"metric":{…},"values":[[1693526400,"6.763"],…]},…]}}</c>
/// piece by piece. A series comes with its labels first; samples off the slots, and series of others, are none of ours.
/// </summary>
internal sealed class MatrixParser(SampleHeard heard)
{
    // The depths at which the answer's parts stand.
    private const int Root = 1;
    private const int Data = 2;
    private const int Series = 4;
    private const int Labels = 5;
    private const int Pair = 6;

    private JsonReaderState _state;
    private string _member = "";
    private string _part = "";
    private ResourceId? _resource;
    private Metric? _metric;
    private long? _slot;
    private bool _isSuccess;
    private bool _isMatrix;

    /// <summary>Takes what there is and says how much of it; the rest is to come again with more.</summary>
    public int Feed(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        while (reader.Read())
        {
            Take(ref reader);
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    /// <exception cref="FormatException">It was no whole success.</exception>
    public void End()
    {
        if (!_isSuccess || !_isMatrix)
        {
            throw new FormatException("the answer is no matrix of samples");
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _member = reader.GetString()!;
                _part = reader.CurrentDepth == Series ? _member : _part;
                break;
            case JsonTokenType.StartObject when reader.CurrentDepth == Series - 1:
                (_resource, _metric, _part) = (null, null, "");
                break;
            case JsonTokenType.True when reader.CurrentDepth == Root && _member == "isPartial":
                throw new FormatException("the answer is that of a part of the cluster only");
            case JsonTokenType.Number when reader.CurrentDepth == Pair && _part == "values":
                _slot = SlotOf(reader.GetDouble());
                break;
            case JsonTokenType.String:
                TakeText(ref reader);
                break;
        }
    }

    private void TakeText(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case Root when _member == "status":
                _isSuccess = reader.ValueTextEquals("success");
                break;
            case Data when _member == "resultType":
                _isMatrix = reader.ValueTextEquals("matrix");
                break;
            case Labels when _part == "metric" && _member == SeriesNames.Name:
                _metric = SeriesNames.MetricOf(reader.GetString()!);
                break;
            case Labels when _part == "metric" && _member == SeriesNames.Resource:
                _resource = SeriesNames.ResourceOf(reader.GetString()!);
                break;
            case Pair when _part == "values":
                Tell(reader.ValueSpan);
                break;
        }
    }

    private void Tell(ReadOnlySpan<byte> text)
    {
        if (
            _resource is { } resource
            && _metric is { } metric
            && _slot is { } slot
            && Utf8Parser.TryParse(text, out double value, out var length)
            && length == text.Length
            && double.IsFinite(value)
        )
        {
            heard(resource, metric, slot, (float)value);
        }
    }

    private static long? SlotOf(double seconds)
    {
        var (slot, rest) = Math.DivRem((long)Math.Round(seconds * 1_000), SeriesNames.SlotMilliseconds);
        return rest == 0 ? slot : null;
    }
}
