using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>The numbers of ids, in the books.</summary>
internal sealed class Counters : ICounters
{
    public async Task<long> TakeAsync(
        ITransaction transaction,
        string name,
        int count,
        CancellationToken cancellationToken
    )
    {
        var last = await transaction.FirstOrDefaultAsync<long>(
            """
            insert into counter (name, value) values (@name, @count)
            on conflict (name) do update set value = counter.value + @count
            returning value
            """,
            new { name, count },
            cancellationToken
        );
        return last - count + 1;
    }
}
