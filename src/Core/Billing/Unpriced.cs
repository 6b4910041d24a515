using System.Buffers.Binary;
using System.Security.Cryptography;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>Resources in service with no price and not in transition: they stop a month's close and are named.</summary>
public sealed class Unpriced : IDisposable
{
    private const int Named = 20;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ResourceId> _first = [];
    private ResourceId _last;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(ResourceId resource)
    {
        if (Count > 0 && resource == _last)
        {
            return;
        }

        _last = resource;
        Count++;
        if (_first.Count < Named)
        {
            _first.Add(resource);
        }

        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, resource.Number);
        _hash.AppendData(number);
    }

    /// <summary>The refusal that names the first of them.</summary>
    public UnpricedMonth Refuse(Month month)
    {
        var more = Count > Named;
        var names = string.Join(", ", _first) + (more ? ", …" : "");
        var listed = string.Join("、", _first) + (more ? " 等" : "");
        return new UnpricedMonth(
            (
                $"{month} 无法结账：{Count} 项在用云资源没有合同价格，且不在合同到期后的过渡期内：{listed}",
                $"{month} cannot be closed: {Count} resource(s) in service with no contract price and not in transition: {names}"
            ),
            Convert.ToHexStringLower(_hash.GetCurrentHash())
        );
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>A month that cannot be closed, because resources in service have no price.</summary>
/// <param name="Detail">Names them.</param>
/// <param name="Set">Stands for the set of them.</param>
public sealed record UnpricedMonth(Bilingual Detail, string Set) : Conflict("bill.unpriced", Detail);
