namespace CloudManager.Architecture.Tests;

/// <summary>Within Core a station uses only stations before it; one that must ask a later one declares the port.</summary>
public sealed class StationTests
{
    [Fact]
    public void Every_folder_of_core_is_a_station()
    {
        var spaces = House
            .Types.Where(type => type.Assembly.GetName().Name == "CloudManager.Core")
            .Select(type => Stations.Of(type.Namespace!))
            .Distinct()
            .ToList();

        Assert.Contains("Calendar", spaces);
        Assert.Contains("Kernel", spaces);
        Rule.None(spaces.Except(Stations.Known));
    }

    [Fact]
    public void A_station_uses_only_those_before_it()
    {
        Assert.Contains(
            House.Uses,
            use => Stations.Of(use.User.Namespace.FullName) == "Calendar" && Station(use.Used) == "Kernel"
        );

        Rule.None(Violations(House.Uses));
    }

    [Fact]
    public void The_rule_finds_a_use_within_a_lambda_of_an_async_method() =>
        Assert.Contains(
            Violations(House.UsesIn(typeof(Core.Kernel.Crafted.UsesAStation).Assembly)),
            use =>
                use.From == typeof(Core.Kernel.Crafted.UsesAStation).FullName
                && use.To == typeof(Core.Calendar.WorkingDays).FullName
        );

    [Theory]
    [InlineData("forward along the way", "Requests", "Catalogue", true)]
    [InlineData("back against it", "Catalogue", "Requests", false)]
    [InlineData("within the station", "Requests", "Requests", true)]
    [InlineData("the kernel serves all", "Calendar", "Kernel", true)]
    [InlineData("the kernel uses none", "Kernel", "Calendar", false)]
    [InlineData("the audit trail serves all", "Reports", "Audit", true)]
    [InlineData("the audit trail uses no station", "Audit", "Organisations", false)]
    [InlineData("the audit trail uses the kernel", "Audit", "Kernel", true)]
    [InlineData("the kernel does not use the audit trail", "Kernel", "Audit", false)]
    [InlineData("a folder nobody knows", "Misc", "Pools", false)]
    public void The_rule_knows_the_order(string because, string from, string to, bool allowed) =>
        Assert.True(allowed == Stations.Allows(from, to), because);

    private static IEnumerable<Use> Violations(IEnumerable<Use> uses) =>
        uses.Where(use => Station(use.User) is { } from && Station(use.Used) is { } to && !Stations.Allows(from, to));

    private static string? Station(ArchUnitNET.Domain.IType type) => Stations.Of(type.Namespace.FullName);
}
