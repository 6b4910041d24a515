using System.Buffers;
using System.Text.Json;
using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Agent.Calls;

/// <summary>The items of the part of a listing that is being gathered, as they go over the wire.</summary>
internal sealed class PartBuffer
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _items;

    public bool IsEmpty => _items == 0;

    /// <summary>Whether an item of so many bytes still goes into this part; one alone always does.</summary>
    public bool Fits(int bytes) =>
        _items == 0 || (_items < RelayContract.PartItems && _text.WrittenCount + bytes <= RelayContract.PartBytes);

    public void Add(ReadOnlySpan<byte> item)
    {
        _text.Write(_items == 0 ? "["u8 : ","u8);
        _text.Write(item);
        _items++;
    }

    /// <summary>The part as a list; the buffer is empty then.</summary>
    public JsonElement Take()
    {
        _text.Write(_items == 0 ? "[]"u8 : "]"u8);
        using var document = JsonDocument.Parse(_text.WrittenMemory);
        var part = document.RootElement.Clone();
        _text.ResetWrittenCount();
        _items = 0;
        return part;
    }
}
