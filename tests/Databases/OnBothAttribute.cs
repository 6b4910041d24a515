using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace CloudManager.Tests.Databases;

/// <summary>Runs a theory on SQLite and on PostgreSQL; the row of PostgreSQL is skipped where no server is given.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([
            new TheoryDataRow<Database>(Database.Sqlite),
            new TheoryDataRow<Database>(Database.Postgres) { Skip = TestDatabase.WhyNoPostgres },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
