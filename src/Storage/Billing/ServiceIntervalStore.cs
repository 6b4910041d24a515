using System.Data.Common;
using System.Runtime.CompilerServices;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Billing;

/// <summary>Service intervals, in the books.</summary>
internal sealed class ServiceIntervalStore : IServiceIntervalStore
{
    private const int Batch = 1_000;

    /// <summary>
    /// An interval touches days if it has any of them, or began on one of them: what is charged once is charged even if
    /// service ended on the same day.
    /// </summary>
    private const string Touches =
        "from_day < @Until and (until_day is null or until_day > @From or from_day >= @From)";

    public async Task<IReadOnlyList<ServiceInterval>> OfAsync(
        ITransaction transaction,
        BillKey key,
        ResourceId resource,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<IntervalRow>(
            """
            select tenant, provider, resource, ordinal, system, item, vcpus, memory_gib, size_gib, bandwidth_mbps,
                from_day, until_day, started_by, ended_by, ended_on
            from service_interval
            where tenant = @Tenant and provider = @Provider and resource = @Number order by ordinal
            """,
            new
            {
                key.Tenant,
                key.Provider,
                resource.Number,
            },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToInterval())];
    }

    public async Task SaveAsync(
        ITransaction transaction,
        Resource resource,
        IReadOnlyList<ServiceInterval> history,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        foreach (var interval in history)
        {
            await transaction.ExecuteAsync(
                """
                insert into service_interval (tenant, provider, resource, ordinal, system, region, pool, item, vcpus,
                    memory_gib, size_gib, bandwidth_mbps, from_day, until_day, started_by, ended_by, ended_on, changed_at)
                values (@Tenant, @Provider, @Resource, @Ordinal, @System, @Region, @Pool, @Item, @Vcpus, @MemoryGib,
                    @SizeGib, @BandwidthMbps, @FromDay, @UntilDay, @StartedBy, @EndedBy, @EndedOn, @ChangedAt)
                on conflict (tenant, provider, resource, ordinal) do update set
                    item = @Item, vcpus = @Vcpus, memory_gib = @MemoryGib, size_gib = @SizeGib,
                    bandwidth_mbps = @BandwidthMbps, from_day = @FromDay, until_day = @UntilDay,
                    ended_by = @EndedBy, ended_on = @EndedOn, changed_at = @ChangedAt
                """,
                IntervalRow.Of(interval, resource, at),
                cancellationToken
            );
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ServiceInterval>> StreamAsync(
        ITransaction transaction,
        IntervalQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = StreamCommand((BooksTransaction)transaction, query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var dialect = transaction.Dialect();
        var batch = new List<ServiceInterval>(Batch + 1);
        while (await reader.ReadAsync(cancellationToken))
        {
            var interval = Read(reader, dialect);
            if (batch.Count >= Batch && batch[^1].Resource != interval.Resource)
            {
                yield return batch.ToArray();
                batch.Clear();
            }

            batch.Add(interval);
        }

        if (batch.Count > 0)
        {
            yield return batch.ToArray();
        }
    }

    public async Task<IReadOnlyList<BillKey>> KeysAsync(
        ITransaction transaction,
        IntervalQuery query,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<IntervalRow>(
            $"select distinct tenant, provider from service_interval where {Touches} order by tenant, provider",
            new { query.From, query.Until },
            cancellationToken
        );
        return [.. rows.Select(r => new BillKey(r.Tenant, r.Provider))];
    }

    private static DbCommand StreamCommand(BooksTransaction books, IntervalQuery query)
    {
        var where = new Where(Touches)
            .And("tenant = @Tenant", query.Key)
            .And("provider = @Provider", query.Key)
            .And("resource >= @Resource", query.FromResource);
        var command = books.Connection.CreateCommand();
        command.Transaction = books.Transaction;
        command.CommandText = $"""
            select tenant, provider, resource, ordinal, system, item, vcpus, memory_gib, size_gib, bandwidth_mbps,
                from_day, until_day, started_by, ended_by, ended_on
            from service_interval {where} order by tenant, provider, resource, ordinal
            """;
        command.With("From", query.From).With("Until", query.Until);
        if (query.Key is { } key)
        {
            command.With("Tenant", key.Tenant).With("Provider", key.Provider);
        }

        if (query.FromResource is { } from)
        {
            command.With("Resource", from.Number);
        }

        return command;
    }

    private static ServiceInterval Read(DbDataReader row, SqlDialect dialect) =>
        new()
        {
            Tenant = row.GetString(0),
            Provider = row.GetString(1),
            Resource = new(row.GetInt64(2)),
            Ordinal = row.GetInt32(3),
            System = row.GetString(4),
            Item = row.GetString(5),
            Quantities = new(Number(row, 6), Number(row, 7), Number(row, 8), Number(row, 9)),
            From = dialect.ReadDay(row, 10),
            Until = row.IsDBNull(11) ? null : dialect.ReadDay(row, 11),
            StartedBy = new(row.GetInt64(12)),
            EndedBy = row.IsDBNull(13) ? null : new(row.GetInt64(13)),
            EndedOn = row.IsDBNull(14) ? null : dialect.ReadDay(row, 14),
        };

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}

/// <summary>One row of the table service_interval.</summary>
internal sealed class IntervalRow
{
    public string Tenant { get; init; } = "";
    public string Provider { get; init; } = "";
    public long Resource { get; init; }
    public int Ordinal { get; init; }
    public string System { get; init; } = "";
    public string Region { get; init; } = "";
    public string Pool { get; init; } = "";
    public string Item { get; init; } = "";
    public int? Vcpus { get; init; }
    public int? MemoryGib { get; init; }
    public int? SizeGib { get; init; }
    public int? BandwidthMbps { get; init; }
    public DateOnly FromDay { get; init; }
    public DateOnly? UntilDay { get; init; }
    public long StartedBy { get; init; }
    public long? EndedBy { get; init; }
    public DateOnly? EndedOn { get; init; }
    public long ChangedAt { get; init; }

    public static IntervalRow Of(ServiceInterval interval, Resource resource, DateTimeOffset at) =>
        new()
        {
            Tenant = interval.Tenant,
            Provider = interval.Provider,
            Resource = interval.Resource.Number,
            Ordinal = interval.Ordinal,
            System = interval.System,
            Region = resource.Region,
            Pool = resource.Pool.Value,
            Item = interval.Item,
            Vcpus = interval.Quantities.Vcpus,
            MemoryGib = interval.Quantities.MemoryGiB,
            SizeGib = interval.Quantities.SizeGiB,
            BandwidthMbps = interval.Quantities.BandwidthMbps,
            FromDay = interval.From,
            UntilDay = interval.Until,
            StartedBy = interval.StartedBy.Number,
            EndedBy = interval.EndedBy?.Number,
            EndedOn = interval.EndedOn,
            ChangedAt = at.ToUnixTimeMilliseconds(),
        };

    public ServiceInterval ToInterval() =>
        new()
        {
            Resource = new(Resource),
            Ordinal = Ordinal,
            Tenant = Tenant,
            Provider = Provider,
            System = System,
            Item = Item,
            Quantities = new(Vcpus, MemoryGib, SizeGib, BandwidthMbps),
            From = FromDay,
            Until = UntilDay,
            StartedBy = new(StartedBy),
            EndedBy = EndedBy is { } by ? new(by) : null,
            EndedOn = EndedOn,
        };
}

/// <summary>Values for commands that run too often for Dapper.</summary>
internal static class CommandValues
{
    /// <summary>Adds a value by its name; with its sign SQLite finds it at once, without it by trying every sign.</summary>
    public static DbCommand With(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@{name}";
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return command;
    }
}
