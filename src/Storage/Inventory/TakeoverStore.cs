using CloudManager.Adapters.Sdk;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Inventory;

/// <summary>What was taken over, in the books.</summary>
internal sealed class TakeoverStore : ITakeoverStore
{
    public Task AddAsync(ITransaction transaction, TakeoverRecord taken, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into takeover (resource, request, native_id, name, paper)
            values (@Resource, @Request, @NativeId, @Name, @Paper)
            """,
            new
            {
                Resource = taken.Resource.Number,
                Request = taken.Request.Number,
                NativeId = taken.NativeId.Value,
                taken.Name,
                taken.Paper,
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<TakeoverRecord>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            """
            select resource, request, native_id, name, paper from takeover where request = @Number order by resource
            """,
            new { request.Number },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToRecord())];
    }

    private sealed class Row
    {
        public long Resource { get; init; }
        public long Request { get; init; }
        public string NativeId { get; init; } = "";
        public string Name { get; init; } = "";
        public string Paper { get; init; } = "";

        public TakeoverRecord ToRecord() => new(new(Resource), new(Request), new NativeId(NativeId), Name, Paper);
    }
}
