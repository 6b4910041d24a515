using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Reports;

/// <summary>The names people see, by code.</summary>
/// <param name="Organisations">Of organisations.</param>
/// <param name="Regions">Of regions.</param>
/// <param name="Province">The region above all others; null where none is on record.</param>
public sealed record NameBook(
    IReadOnlyDictionary<string, string> Organisations,
    IReadOnlyDictionary<string, string> Regions,
    Region? Province
)
{
    public Named Organisation(string code) => new(code, Organisations.GetValueOrDefault(code, code));

    public Named Region(string code) => new(code, Regions.GetValueOrDefault(code, code));
}

/// <summary>Reads the names from the books.</summary>
public sealed class ReadNames(IOrganisationStore organisations, IRegionStore regions)
{
    private const int PageSize = 500;

    public async Task<NameBook> ExecuteAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>();
        string? after = null;
        do
        {
            var page = await organisations.ListAsync(transaction, new(after, PageSize), cancellationToken);
            foreach (var organisation in page.Items)
            {
                names[organisation.Code] = organisation.Name;
            }

            after = page.Next;
        } while (after is not null);

        var tree = await regions.AllAsync(transaction, cancellationToken);
        return new NameBook(
            names,
            tree.ToDictionary(r => r.Code, r => r.Name),
            tree.OrderBy(r => r.Code, StringComparer.Ordinal).FirstOrDefault(r => r.Parent is null)
        );
    }
}
