using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>Who may look at a server's screen, and when (art. 36).</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task Art36_the_tenant_opens_the_console_of_its_own_server_while_it_stands()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1), Volumes(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        var unmade = (await province.ResourcesAsync(id)).Single(r => r.Kind == Core.Catalogue.ItemKind.Server);
        Assert.Equal("console.wrongState", (await OpenAsync(province, province.Tenant, unmade)).Refusal?.Code);
        await province.DrainAsync();
        var resources = await province.ResourcesAsync(id);
        var server = resources.Single(r => r.Id == unmade.Id);

        var opened = await OpenAsync(province, province.Tenant, server);

        Assert.Contains(server.NativeId!.Value.Value, opened.Value.AbsoluteUri, StringComparison.Ordinal);
        var volume = resources.Single(r => r.Kind == Core.Catalogue.ItemKind.Volume);
        Assert.Equal("console.noServer", (await OpenAsync(province, province.Tenant, volume)).Refusal?.Code);
    }

    [Fact]
    public async Task Art36_nobody_but_the_tenant_opens_it_without_a_grant()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = Assert.Single(await province.ServeAsync("2026-10-12 15:00", Servers(1)));
        foreach (var by in (Actor[])[province.ProviderA, province.Technical, province.Authority, province.OtherTenant])
        {
            var refused = await OpenAsync(province, by, server);
            Assert.Equal("console.noGrant", Assert.IsType<Forbidden>(refused.Refusal).Code);
        }

        Assert.True((await OpenAsync(province, province.Tenant, server)).IsDone);
    }

    [Fact]
    public async Task Art36_why_the_cloud_does_not_open_it_is_said()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a"),
            Province.Mock("mock-c", "provider-b") with
            {
                Adapter = nameof(Cut.BeforeMaking),
            }
        );
        var server = Assert.Single(await province.ServeAsync("2026-10-12 15:00", Servers(1)));
        await province.Cloud().Power!.StopAsync(server.NativeId!.Value, CancellationToken.None);
        var stopped = (await OpenAsync(province, province.Tenant, server)).Refusal;
        Assert.Equal("console.notOpened", Assert.IsType<Conflict>(stopped).Code);
        Assert.Contains("does not run", stopped.Detail.En, StringComparison.Ordinal);

        var elsewhere = (await OpenAsync(province, province.Tenant, server with { Pool = new("mock-c") })).Refusal;
        Assert.Equal("console.notOffered", Assert.IsType<Conflict>(elsewhere).Code);
        Assert.Contains("offers no console", elsewhere.Detail.En, StringComparison.Ordinal);
    }

    private static Task<Result<Uri>> OpenAsync(Province province, Actor by, Resource resource) =>
        province.Get<OpenConsole>().ExecuteAsync(by, resource, CancellationToken.None);
}
