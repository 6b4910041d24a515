using System.Xml.Linq;

namespace CloudManager.Architecture.Tests;

/// <summary>Which project may use which: Adapters.* → Sdk ← Core ← {Storage, Scheduler, …} ← Api.</summary>
public sealed class ArrowTests
{
    private const string Sdk = "CloudManager.Adapters.Sdk";
    private const string Core = "CloudManager.Core";
    private const string Client = "CloudManager.Client";

    private static readonly string[] Clouds =
    [
        "CloudManager.Adapters.Aws",
        "CloudManager.Adapters.Huawei",
        "CloudManager.Adapters.Manual",
        "CloudManager.Adapters.Mock",
        "CloudManager.Adapters.OpenInterface",
        "CloudManager.Adapters.OpenStack",
        "CloudManager.Adapters.Relay",
    ];

    private static readonly string[] AroundCore =
    [
        "CloudManager.Adapters.Hosting",
        "CloudManager.Adapters.Sdk.Testing",
        "CloudManager.Documents",
        "CloudManager.Scheduler",
        "CloudManager.Storage",
    ];

    private static readonly Dictionary<string, string[]> Allowed = new([
        new(Sdk, []),
        new(Client, []),
        new(Core, [Sdk]),
        .. Clouds.Select(cloud => KeyValuePair.Create(cloud, new[] { Sdk })),
        .. AroundCore.Select(part => KeyValuePair.Create(part, new[] { Sdk, Core })),
        new("CloudManager.Console", [Client]),
        // The command of the site agent starts it; nothing else of cloudmgr knows it.
        new("CloudManager.Cli", [Client, "CloudManager.Agent"]),
        // Core for the declared pools that Hosting reads and opens.
        new("CloudManager.Agent", [Sdk, Core, "CloudManager.Adapters.Hosting", .. Clouds]),
        new("CloudManager.Api", [Sdk, Core, .. AroundCore, .. Clouds, Client, "CloudManager.Console"]),
    ]);

    // What Core may not touch: files, network, databases, web, processes. Embedded resources are no I/O, and neither is
    // arithmetic on IP addresses.
    private static readonly string[] OutsideOfCore =
    [
        "System.IO.File",
        "System.IO.Directory",
        "System.IO.FileSystem",
        "System.Net.Dns",
        "System.Net.Http",
        "System.Net.Mail.",
        "System.Net.NetworkInformation.",
        "System.Net.Security.",
        "System.Net.Sockets.",
        "System.Net.Web",
        "System.Data.",
        "System.Diagnostics.Process",
        "Microsoft.AspNetCore.",
        "Microsoft.Data.",
        "Microsoft.Extensions.Hosting.",
        "Dapper.",
        "Npgsql.",
        "Refit.",
        "Quartz.",
        "Amazon.",
    ];

    [Fact]
    public void Every_project_is_looked_at()
    {
        Assert.True(House.Projects.Count >= 9, $"{House.Projects.Count} projects");
        Assert.Equal(House.Projects.Keys.Order(), House.Assemblies.Select(each => each.GetName().Name).Order());
        Assert.True(House.Types.Count > 50, $"{House.Types.Count} types");
        Assert.True(House.Uses.Count > 100, $"{House.Uses.Count} uses");
    }

    [Fact]
    public void Projects_refer_only_along_the_arrows() =>
        Rule.None(
            House.Projects.SelectMany(project =>
                XDocument
                    .Load(project.Value)
                    .Descendants("ProjectReference")
                    .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                    .Select(path => Path.GetFileNameWithoutExtension(path))
                    .Where(target => !IsAllowed(project.Key, target))
                    .Select(target => $"{project.Key} → {target}")
            )
        );

    [Fact]
    public void Assemblies_use_only_along_the_arrows()
    {
        var arrows = House
            .Assemblies.SelectMany(
                assembly => assembly.GetReferencedAssemblies(),
                (assembly, target) => (From: assembly.GetName().Name!, To: target.Name!)
            )
            .Where(arrow => arrow.To.StartsWith("CloudManager.", StringComparison.Ordinal))
            .ToList();

        Assert.Contains((Core, Sdk), arrows);
        Rule.None(arrows.Where(arrow => !IsAllowed(arrow.From, arrow.To)));
    }

    [Fact]
    public void Core_does_no_input_or_output() =>
        Rule.None(
            House.Uses.Where(use =>
                use.From.StartsWith($"{Core}.", StringComparison.Ordinal) && IsOutsideOfCore(use.To)
            )
        );

    [Theory]
    [InlineData("Core knows no database", Core, "CloudManager.Storage", false)]
    [InlineData("an adapter knows no core", "CloudManager.Adapters.Mock", Core, false)]
    [InlineData("the console knows only the client", "CloudManager.Console", Core, false)]
    [InlineData("an unknown project may use nothing", "CloudManager.Anything", Sdk, false)]
    [InlineData("the host composes", "CloudManager.Api", "CloudManager.Adapters.Mock", true)]
    public void The_rule_tells_an_arrow_from_a_violation(string because, string from, string to, bool allowed) =>
        Assert.True(allowed == IsAllowed(from, to), because);

    [Fact]
    public void The_rule_finds_a_file_opened_within_a_lambda() =>
        Assert.Contains(
            House.UsesIn(typeof(Crafted.OpensFiles).Assembly),
            use => use.From == typeof(Crafted.OpensFiles).FullName && IsOutsideOfCore(use.To)
        );

    private static bool IsAllowed(string from, string to) =>
        Allowed.TryGetValue(from, out var targets) && targets.Contains(to);

    private static bool IsOutsideOfCore(string type) =>
        Array.Exists(OutsideOfCore, prefix => type.StartsWith(prefix, StringComparison.Ordinal));
}
