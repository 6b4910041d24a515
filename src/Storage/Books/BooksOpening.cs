using System.Security.Cryptography;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;

namespace CloudManager.Storage.Books;

internal sealed class BooksOpening(SqlBooks books, BooksAddress address, TimeProvider businessTime) : IBooksOpening
{
    private Installation? _installation;

    public Installation Installation =>
        _installation ?? throw new InvalidOperationException("the books are not open yet");

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // Asked first, because only here a server that is not there is the operator's slip and no bug.
        await using (await address.ConnectAsync(cancellationToken)) { }

        await new Migrator(books, address.Dialect).RunAsync(cancellationToken);
        var fresh = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var name = await books.KeepAsync(
            Origin.Platform,
            (transaction, token) =>
                transaction.FirstOrDefaultAsync<string>(
                    """
                    insert into meta (name, value) values ('installation', @fresh)
                    on conflict (name) do update set value = meta.value returning value
                    """,
                    new { fresh },
                    token
                ),
            cancellationToken
        );
        _installation = new Installation(name!);
        await books.KeepAsync(
            Origin.Platform,
            (transaction, token) => JobPeriods.FoundAsync(transaction, businessTime.GetUtcNow(), token),
            cancellationToken
        );
    }
}
