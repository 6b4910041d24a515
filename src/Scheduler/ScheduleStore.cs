using System.Data.Common;

namespace CloudManager.Scheduler;

/// <summary>The database in which Quartz keeps when each job is due: that of the books.</summary>
/// <param name="Provider">Its driver.</param>
/// <param name="ConnectionString">Where it is; may hold a password.</param>
/// <param name="IsShared">
/// Whether it is PostgreSQL, on which any number of processes run the schedule and each firing runs once; else SQLite.
/// </param>
public sealed record ScheduleStore(DbProviderFactory Provider, string ConnectionString, bool IsShared)
{
    /// <summary>Says where it is not, so that the password never comes into a log.</summary>
    public override string ToString() => IsShared ? "PostgreSQL" : "SQLite";
}
