using System.Net;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory.Handed;

/// <summary>Turns the rows of a list that was handed in into things, as a cloud would list them; every fault by its row.</summary>
internal sealed class HandedRules(Check check)
{
    /// <summary>The most rows of one list.</summary>
    public const int MostRows = 20_000;

    private const int Most = 1_000_000;

    private static readonly Dictionary<string, ItemKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["server"] = ItemKind.Server,
        ["云服务器"] = ItemKind.Server,
        ["volume"] = ItemKind.Volume,
        ["云硬盘"] = ItemKind.Volume,
        ["network"] = ItemKind.Network,
        ["虚拟私有云"] = ItemKind.Network,
        ["publicAddress"] = ItemKind.PublicAddress,
        ["弹性公网IP"] = ItemKind.PublicAddress,
    };

    private static readonly Dictionary<string, CloudState> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["active"] = CloudState.Active,
        ["运行"] = CloudState.Active,
        ["stopped"] = CloudState.Stopped,
        ["关机"] = CloudState.Stopped,
        ["error"] = CloudState.Error,
        ["故障"] = CloudState.Error,
    };

    public IReadOnlyList<CloudThing> Examine(IReadOnlyList<HandedRow> rows)
    {
        if (rows.Count > MostRows)
        {
            check.Fault("items", rows.Count, ($"至多 {MostRows} 行", $"at most {MostRows} rows"));
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var things = new List<CloudThing>(rows.Count);
        foreach (var row in rows)
        {
            var before = check.Faults.Count;
            check.Text($"{row.Path}.nativeId", row.NativeId, 200);
            if (row.NativeId is { } id && !seen.Add(id))
            {
                check.Fault(
                    $"{row.Path}.nativeId",
                    id,
                    ("不重复的编号", "an identifier that no other row has"),
                    "inventory.twice"
                );
            }

            check.OptionalText($"{row.Path}.name", row.Name, 200);
            check.OptionalText($"{row.Path}.type", row.Type, 200);
            var (kind, state) = (KindOf(row), StateOf(row));
            if (kind is { } known)
            {
                ExamineMembers(row, known);
            }

            if (check.Faults.Count == before)
            {
                things.Add(Thing(row, kind!.Value, state));
            }
        }

        ExamineAttachments(rows);
        return things;
    }

    private ItemKind? KindOf(HandedRow row)
    {
        if (row.Kind is { } word && Kinds.TryGetValue(word, out var kind))
        {
            return kind;
        }

        check.Fault(
            $"{row.Path}.kind",
            row.Kind,
            ("云服务器、云硬盘、虚拟私有云、弹性公网IP 之一", "one of server, volume, network, publicAddress")
        );
        return null;
    }

    private CloudState StateOf(HandedRow row)
    {
        if (row.State is { } word && !States.ContainsKey(word))
        {
            check.Fault($"{row.Path}.state", word, ("运行、关机、故障 之一", "one of active, stopped, error"));
        }

        return row.State is { } known ? States.GetValueOrDefault(known) : CloudState.Active;
    }

    private void ExamineMembers(HandedRow row, ItemKind kind)
    {
        var (server, volume, address) = (
            kind == ItemKind.Server,
            kind == ItemKind.Volume,
            kind == ItemKind.PublicAddress
        );
        Size($"{row.Path}.vcpus", row.Vcpus, server, isRequired: true);
        Size($"{row.Path}.memoryGiB", row.MemoryGiB, server, isRequired: true);
        Size($"{row.Path}.sizeGiB", row.SizeGiB, volume || server, isRequired: volume);
        Size($"{row.Path}.bandwidthMbps", row.BandwidthMbps, address, isRequired: false);
        if (row.AttachedTo is not null && !volume && !address)
        {
            Absent($"{row.Path}.attachedTo", row.AttachedTo);
        }

        ExamineAddresses(row, kind);
    }

    private void ExamineAddresses(HandedRow row, ItemKind kind)
    {
        var path = $"{row.Path}.addresses";
        if (kind == ItemKind.PublicAddress && row.Addresses.Count != 1)
        {
            check.Fault(path, row.Addresses.Count, ("一个地址", "one address"));
        }

        if (kind == ItemKind.Volume && row.Addresses.Count > 0)
        {
            Absent(path, row.Addresses[0]);
        }

        foreach (var address in row.Addresses)
        {
            var isRight =
                kind == ItemKind.Network
                    ? IPNetwork.TryParse(address, out _)
                    : IPAddress.TryParse(address, out var ip)
                        && ip.ToString().Equals(address, StringComparison.OrdinalIgnoreCase);
            if (!isRight)
            {
                check.Fault(
                    path,
                    address,
                    kind == ItemKind.Network
                        ? ("网段，如 10.20.0.0/24", "a range, e.g. 10.20.0.0/24")
                        : ("IPv4 或 IPv6 地址", "an IPv4 or IPv6 address in full")
                );
            }
        }
    }

    /// <summary>What is attached is attached to a server of the same list.</summary>
    private void ExamineAttachments(IReadOnlyList<HandedRow> rows)
    {
        var servers = rows.Where(r => r.Kind is { } word && Kinds.GetValueOrDefault(word) == ItemKind.Server)
            .Select(r => r.NativeId)
            .ToHashSet();
        foreach (var row in rows.Where(r => r.AttachedTo is not null && !servers.Contains(r.AttachedTo)))
        {
            check.Fault($"{row.Path}.attachedTo", row.AttachedTo, ("清单中云服务器的编号", "a server of the list"));
        }
    }

    private void Size(string path, int? value, bool belongs, bool isRequired)
    {
        if (belongs && (isRequired || value is not null))
        {
            check.Range(path, value, 1, Most);
        }
        else if (!belongs && value is not null)
        {
            Absent(path, value);
        }
    }

    private void Absent(string path, object value) =>
        check.Fault(path, value, ("不填：该类资源不使用此列", "empty: this kind of thing does not use it"));

    /// <summary>A server's system disk is not listed by clouds either.</summary>
    private static CloudThing Thing(HandedRow row, ItemKind kind, CloudState state) =>
        new()
        {
            Kind = kind,
            Id = new NativeId(row.NativeId!),
            Name = kind == ItemKind.PublicAddress ? row.Addresses[0] : row.Name ?? "",
            State = state,
            Vcpus = row.Vcpus,
            MemoryGiB = row.MemoryGiB,
            SizeGiB = kind == ItemKind.Volume ? row.SizeGiB : null,
            BandwidthMbps = row.BandwidthMbps,
            Addresses = row.Addresses,
            AttachedTo = row.AttachedTo is { } server ? new NativeId(server) : null,
            Type = row.Type,
        };
}
