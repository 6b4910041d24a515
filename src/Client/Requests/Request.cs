namespace CloudManager.Client.Requests;

/// <summary>Service request (申请, art. 18, 19) as the signed-in account sees it.</summary>
public sealed record Request(
    string Id,
    string Type,
    string State,
    string Tenant,
    string Region,
    string System,
    string Reason,
    IReadOnlyList<RequestLine> Lines,
    string Order,
    bool Disputed,
    int Version,
    DateTimeOffset CreatedAt,
    IReadOnlyList<Deadline> Deadlines,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<string> Actions,
    string? TestSummary = null,
    DateOnly? CompletedOn = null,
    DateOnly? ProposedCompletion = null,
    bool? Concurred = null,
    bool WholeSystem = false,
    DateOnly? EndedOn = null
);

/// <summary>One line of a request.</summary>
public sealed record RequestLine(
    int No,
    string Item,
    string Kind,
    int Quantity,
    string Pool,
    string Provider,
    Spec Spec,
    string? Resource = null,
    bool? Remove = null,
    Spec? Was = null,
    string? To = null
);

/// <summary>What exactly is ordered of an item; which members apply follows from the item's kind.</summary>
public sealed record Spec
{
    /// <summary>Server: virtual cores.</summary>
    public int? Vcpus { get; init; }

    /// <summary>Server: memory in GiB.</summary>
    public int? MemoryGiB { get; init; }

    /// <summary>Server: the image's name in the pool.</summary>
    public string? Image { get; init; }

    /// <summary>Volume: capacity in GiB. Server: its system disk in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>Public address: bandwidth in Mbps.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>Network: its IPv4 range.</summary>
    public string? Cidr { get; init; }

    /// <summary>Volume, public address: the number of the server line it goes to.</summary>
    public int? AttachTo { get; init; }

    /// <summary>Server: the number of the network line it joins.</summary>
    public int? Network { get; init; }

    /// <summary>Manual item: what is wanted, in words.</summary>
    public string? Description { get; init; }
}

/// <summary>A deadline (时限) of a request.</summary>
/// <param name="Step">What must be done.</param>
/// <param name="DueAt">The last second in which it is in time.</param>
/// <param name="ClosedAt">When it was done; null while it runs.</param>
public sealed record Deadline(
    string Step,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt,
    bool Overdue
);

/// <summary>One step that was taken.</summary>
public sealed record HistoryEntry(
    DateTimeOffset At,
    string By,
    string? Organisation,
    string Action,
    string? Opinion = null
);

/// <summary>Which requests a list shows; null members do not filter.</summary>
public sealed record RequestQuery : PageQuery
{
    public string? Tenant { get; init; }
    public string? Region { get; init; }
    public string? State { get; init; }
    public string? Type { get; init; }
    public string? System { get; init; }
}
