using System.Reflection;
using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>
/// Brings the books to the newest shape at start, under the writers' lock: each migration file once, in order of name,
/// in one transaction with the note that it ran.
/// </summary>
internal sealed class Migrator(SqlBooks books, SqlDialect dialect)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await transaction.ExecuteAsync(
                    "create table if not exists migration (name text primary key)",
                    null,
                    token
                );
                var done = await transaction.QueryAsync<string>("select name from migration", null, token);
                foreach (var (name, sql) in All().Where(m => !done.Contains(m.Name)))
                {
                    await transaction.ExecuteAsync(sql, null, token);
                    await transaction.ExecuteAsync("insert into migration (name) values (@name)", new { name }, token);
                }

                await ReleaseLeasesAsync(transaction, token);
                return Done.Now;
            },
            cancellationToken
        );

    /// <summary>Where no second process can be at work, a lease found at start belongs to a process that died.</summary>
    private Task ReleaseLeasesAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        dialect.IsSingleProcess
            ? transaction.ExecuteAsync(
                "update provisioning_task set lease_owner = null, lease_until = null where lease_owner is not null",
                null,
                cancellationToken
            )
            : Task.CompletedTask;

    private IEnumerable<(string Name, string Sql)> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"migrations/{dialect.Migrations}/";
        return assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (n[prefix.Length..], Read(assembly, n)));
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
