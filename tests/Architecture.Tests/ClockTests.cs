using System.Reflection;
using CloudManager.Core.Kernel;

namespace CloudManager.Architecture.Tests;

/// <summary>Two clocks: business time moves with the demo, machine time never. Who takes which is listed here.</summary>
public sealed class ClockTests
{
    private static readonly Dictionary<string, string> MayTakeMachineTime = new()
    {
        ["CloudManager.Core.Kernel"] = "defines it",
        ["CloudManager.Core.Findings.Trials"] = "when the host of a trial was heard of last",
        ["CloudManager.Core.Organisations"] = "expiry of tokens, lock-out",
        ["CloudManager.Core.Pools"] = "when a conformance run of the cloud itself started and ended",
        ["CloudManager.Core.Provisioning"] = "leases of tasks, polling, the cloud's settle time",
        ["CloudManager.Adapters.Hosting"] = "time-outs, back-off, rate limits",
        ["CloudManager.Agent"] = "composition of the site agent: hands it to Hosting",
        ["CloudManager.Storage"] = "life of idempotency keys, retry of the outbox, settling of watched files",
        ["CloudManager.Api"] = "composition, expiry of tokens, cache and idempotency keys",
    };

    private static readonly Dictionary<string, string> MayTakeBusinessTime = new()
    {
        ["CloudManager.Core"] = "deadlines, service days, samples, document dates",
        ["CloudManager.Adapters.Sdk"] = "hands both clocks to an adapter",
        ["CloudManager.Adapters.Hosting"] = "passes both clocks on",
        ["CloudManager.Adapters.Aws"] =
            "machine time by its only name there: signatures, pauses asked for, what was just made",
        ["CloudManager.Adapters.Mock"] = "a simulated cloud whose samples depend on the day",
        ["CloudManager.Adapters.Huawei"] =
            "machine time by its only name there: dates of signatures, pauses, short rounds",
        ["CloudManager.Adapters.OpenInterface"] = "machine time by its only name there: pauses asked for",
        ["CloudManager.Adapters.OpenStack"] = "machine time by its only name there: expiry of tokens, pauses asked for",
        ["CloudManager.Adapters.Relay"] = "machine time: how long calls may take; business time is told to the agents",
        ["CloudManager.Agent"] = "machine time: pauses and time-outs; business time as the platform tells it",
        ["CloudManager.Storage.Books"] = "the date of an audit entry, which stands beside deadlines and documents",
        ["CloudManager.Scheduler"] = "when a job is due",
        ["CloudManager.Documents"] = "the date of a document",
        ["CloudManager.Api"] = "composition, the demo clock",
    };

    private static readonly string[] BannedSymbols =
    [
        "P:System.DateTime.Now",
        "P:System.DateTime.UtcNow",
        "P:System.DateTime.Today",
        "P:System.DateTimeOffset.Now",
        "P:System.DateTimeOffset.UtcNow",
        "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Threading.Thread.Sleep(System.TimeSpan)",
    ];

    [Fact]
    public void Machine_time_is_taken_only_where_it_is_listed()
    {
        var takers = MachineTimeTakers(House.Uses).ToList();

        Assert.NotEmpty(takers);
        Rule.None(takers.Where(taker => !IsListed(taker, MayTakeMachineTime.Keys)));
    }

    [Fact]
    public void Business_time_is_taken_only_where_it_is_listed()
    {
        var takers = BusinessTimeTakers(House.Types).ToList();

        Assert.NotEmpty(takers);
        Rule.None(takers.Where(taker => !IsListed(taker, MayTakeBusinessTime.Keys)));
    }

    [Fact]
    public void The_system_clock_is_read_only_by_the_composition()
    {
        var sources = House.Sources("src");

        Assert.NotEmpty(sources);
        Rule.None(
            sources
                .Where(path => !House.Name(path).StartsWith("src/Api/", StringComparison.Ordinal))
                // Where the site agent is composed.
                .Where(path => House.Name(path) != "src/Cli/Commands/AgentCommand.cs")
                .Where(path => File.ReadLines(path).Any(ReadsSystemClock))
                .Select(House.Name)
        );
    }

    [Fact]
    public void The_banned_symbols_hold_every_other_clock() =>
        Rule.None(
            BannedSymbols.Except(
                File.ReadLines(Path.Combine(House.Root, "BannedSymbols.txt")).Select(line => line.Split(';')[0])
            )
        );

    [Fact]
    public void The_rules_find_who_takes_a_clock_unlisted()
    {
        var assembly = typeof(ClockTests).Assembly;

        var machine = MachineTimeTakers(House.UsesIn(assembly)).ToList();
        var business = BusinessTimeTakers(House.Written(assembly)).ToList();

        Assert.Contains(typeof(Crafted.TakesMachineTime).FullName, machine);
        Assert.False(IsListed(typeof(Crafted.TakesMachineTime).FullName!, MayTakeMachineTime.Keys));
        Assert.Contains(typeof(Crafted.TakesBusinessTime).FullName, business);
        Assert.False(IsListed(typeof(Crafted.TakesBusinessTime).FullName!, MayTakeBusinessTime.Keys));
    }

    [Theory]
    [InlineData("    var now = TimeProvider.System.GetUtcNow();", true)]
    [InlineData("    services.AddSingleton(TimeProvider.System);", true)]
    [InlineData("    // TimeProvider.System is for the composition", false)]
    [InlineData("    var now = clock.Now;", false)]
    public void The_rule_tells_code_from_comment(string line, bool reads) =>
        Assert.Equal(reads, ReadsSystemClock(line));

    [Theory]
    [InlineData("a namespace below a listed one", "CloudManager.Storage.Calendar.HolidayFolder", true)]
    [InlineData("a name that only begins alike", "CloudManager.StorageX.Thing", false)]
    [InlineData("a station that has no business with it", "CloudManager.Core.Requests.AcceptRequest", false)]
    public void The_list_is_of_namespaces(string because, string type, bool listed) =>
        Assert.True(listed == IsListed(type, MayTakeMachineTime.Keys), because);

    private static IEnumerable<string> MachineTimeTakers(IEnumerable<Use> uses) =>
        uses.Where(use => use.To == typeof(MachineClock).FullName).Select(use => use.From).Distinct();

    private static IEnumerable<string> BusinessTimeTakers(IEnumerable<Type> types) =>
        types
            .Where(type =>
                type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                    .SelectMany(constructor => constructor.GetParameters())
                    .Any(parameter => parameter.ParameterType == typeof(TimeProvider))
            )
            .Select(type => type.FullName!);

    private static bool IsListed(string type, IEnumerable<string> namespaces) =>
        namespaces.Any(space => type.StartsWith($"{space}.", StringComparison.Ordinal))
        // The statements of Program.cs stand in no namespace.
        || type == "Program";

    private static bool ReadsSystemClock(string line) =>
        line.Contains("TimeProvider.System", StringComparison.Ordinal)
        && !line.TrimStart().StartsWith("//", StringComparison.Ordinal);
}
