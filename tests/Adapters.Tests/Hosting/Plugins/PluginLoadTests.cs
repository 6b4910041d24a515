using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Tests.Hosting.Plugins;

/// <summary>What is taken in, and what is refused in words while everything else goes on.</summary>
public sealed class PluginLoadTests
{
    [Fact]
    public async Task Art16_a_declared_plug_in_serves_its_pool_like_a_built_in_adapter()
    {
        await using var host = await PluginHost.UnrulyAsync("");
        Assert.Equal("Unruly", host.Adapter.Info.Kind);
        await host.Adapter.CheckAsync(CancellationToken.None);
        Assert.Equal("one", (await host.Adapter.Servers!.GetAsync(new NativeId("srv-1"), CancellationToken.None)).Name);
        Assert.Null(await host.Adapter.Servers!.FindAsync(new OperationKey("k-1"), CancellationToken.None));
        var listed = await host.Adapter.Inventory!.ListServersAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(["srv-0", "srv-1", "srv-2", "srv-3"], listed.Select(server => server.Id.Value));
        Assert.Null(host.Malfunction);
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task Services_the_plug_in_was_not_built_with_are_ones_it_does_not_offer()
    {
        await using var host = await PluginHost.UnrulyAsync("");
        var capabilities = host.Pools.Capabilities(PluginHost.Id).ToDictionary(it => it.Name, it => it.Available);
        Assert.True(capabilities["servers"] && capabilities["inventory"]);
        Assert.Equal(2, capabilities.Values.Count(available => available));
    }

    [Fact]
    public async Task A_plug_in_uses_the_version_of_a_library_that_it_brings()
    {
        var plugin = Declared.Built("OtherLibrary");
        var library = Path.Combine(Path.GetDirectoryName(plugin.Assembly)!, "Newtonsoft.Json.dll");
        var files = new Dictionary<string, string> { ["Newtonsoft.Json.dll"] = Declared.Hash(library) };
        await using var host = await PluginHost.StartAsync(plugin with { Files = files });
        Assert.StartsWith("13.0.1.", host.Adapter.Info.CloudVersion, StringComparison.Ordinal);
        var own = typeof(Newtonsoft.Json.JsonConvert).Assembly.Location;
        Assert.StartsWith(
            "13.0.3.",
            System.Diagnostics.FileVersionInfo.GetVersionInfo(own).FileVersion,
            StringComparison.Ordinal
        );
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task A_library_beside_the_plug_in_that_is_not_declared_is_refused()
    {
        var why = await RefusedAsync(Declared.Built("OtherLibrary"));
        Assert.Contains(
            "Newtonsoft.Json.dll lies in the plug-in's folder without a SHA-256",
            why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_library_that_is_not_what_was_declared_is_refused()
    {
        var files = new Dictionary<string, string> { ["Newtonsoft.Json.dll"] = new('a', 64) };
        var why = await RefusedAsync(Declared.Built("OtherLibrary") with { Files = files });
        Assert.Contains("Newtonsoft.Json.dll is not the file that was declared", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_and_both_hashes_are_told()
    {
        var plugin = Declared.Built("Unruly");
        var why = await RefusedAsync(plugin with { Sha256 = new('a', 64) });
        Assert.Contains("SHA-256 与登记不符", why, StringComparison.Ordinal);
        Assert.Contains(plugin.Sha256, why, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plug_in_built_against_a_higher_contract_is_refused()
    {
        using var folder = new TempFolder();
        var plugin = Declared.Built("Unruly");
        var path = Path.Combine(folder.Path, Path.GetFileName(plugin.Assembly));
        await File.WriteAllBytesAsync(path, BuiltAgainst(AdapterContract.Version + 1, plugin.Assembly));
        var why = await RefusedAsync(new Declared("Unruly", path) { Contract = AdapterContract.Version + 1 });
        Assert.Contains(
            "it was built against version 2 of the adapter contract, this platform knows up to 1",
            why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_contract_other_than_the_plug_in_was_built_against_is_refused()
    {
        var why = await RefusedAsync(Declared.Built("Unruly") with { Contract = 2 });
        Assert.Contains(
            "built against version 1 of the adapter contract, declared is 2",
            why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plug_in_built_against_a_lower_contract_is_taken_in()
    {
        using var folder = new TempFolder();
        var plugin = Declared.Built("Unruly");
        var path = Path.Combine(folder.Path, Path.GetFileName(plugin.Assembly));
        await File.WriteAllBytesAsync(path, BuiltAgainst(1, plugin.Assembly));
        var bytes = await File.ReadAllBytesAsync(path);
        var declared = new PluginDeclaration("Unruly", path, "", 1, new Dictionary<string, string>());
        PluginContract.Check(declared, bytes, supported: 2);
    }

    [Fact]
    public void The_contracts_version_is_the_major_version_of_its_assembly() =>
        Assert.Equal(AdapterContract.Version, typeof(ICloudAdapter).Assembly.GetName().Version!.Major);

    [Fact]
    public void The_template_declares_the_contract_it_is_made_for()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudManager.sln")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("no solution above the tests");
        }

        var project = "templates/cloudmgr-adapter/src/AcmeCloud.Adapter/AcmeCloud.Adapter.csproj";
        var text = File.ReadAllText(Path.Combine(folder.FullName, project));
        Assert.Contains($"\"contract\": {AdapterContract.Version}$", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoFactory", "the assembly has no public IAdapterFactory")]
    [InlineData(
        "TwoFactories",
        "the assembly has 2 public IAdapterFactory (FirstFactory, SecondFactory), it may have one"
    )]
    [InlineData("ThrowsAtLoad", "the plug-in threw FormatException when it was loaded")]
    [InlineData("HangsAtLoad", "loading it did not come back within 3 s")]
    public async Task What_cannot_be_loaded_is_told_in_words(string name, string expected)
    {
        var why = await RefusedAsync(Declared.Built(name));
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factory_of_another_kind_than_declared_is_refused()
    {
        var why = await RefusedAsync(Declared.Built("Unruly") with { Kind = "Acme" });
        Assert.Contains("its adapter is called Unruly, declared is Acme", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_and_one_that_is_no_assembly_are_refused()
    {
        using var folder = new TempFolder();
        var missing = await RefusedAsync(new Declared("Acme", Path.Combine(folder.Path, "Acme.dll")));
        Assert.Contains("the file Acme.dll cannot be read (FileNotFoundException)", missing, StringComparison.Ordinal);
        var text = await RefusedAsync(new Declared("Acme", folder.Write("Text.dll", "no code at all")));
        Assert.Contains("the file is no .NET assembly", text, StringComparison.Ordinal);
        var other = typeof(Xunit.Assert).Assembly.Location;
        var copy = Path.Combine(folder.Path, "sub", "Other.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(other, copy);
        var foreign = await RefusedAsync(new Declared("Acme", copy));
        Assert.Contains("does not use the adapter contract", foreign, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a built-in kind", "Mock", "plugins[0].kind: \"Mock\", expected: a kind that is not built in")]
    [InlineData("twice", "Unruly", "plugins[1].kind: \"Unruly\", expected: a kind that no other plug-in has")]
    public async Task Kinds_that_collide_stop_the_start(string because, string kind, string expected)
    {
        var plugin = Declared.Built("Unruly") with { Kind = kind };
        var failure = await AdaptersJson.FaultsAsync(PluginHost.Text([plugin, plugin]));
        Assert.True(failure.Message.Contains(expected, StringComparison.Ordinal), $"{because}: {failure.Message}");
    }

    [Fact]
    public async Task What_a_plug_in_finds_wrong_in_its_settings_stops_the_start_with_the_path()
    {
        var failure = await AdaptersJson.FaultsAsync(
            PluginHost.Text([Declared.Built("Unruly")], new { mode = "wrong" })
        );
        Assert.Contains(
            "pools[1].settings.mode: \"wrong\", expected: another mode",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_new_build_of_a_plug_in_is_not_what_an_earlier_report_was_made_on()
    {
        await using var host = await PluginHost.UnrulyAsync("");
        host.Pools.TryFind(PluginHost.Id, out var pool);
        host.Pools.TryFind(PluginHost.Healthy, out var builtIn);
        Assert.Null(builtIn!.Build);
        Assert.NotEqual(PoolDigest.Of(pool!), PoolDigest.Of(pool! with { Build = new('a', 64) }));
    }

    /// <summary>The plug-in's assembly as if it had been built against another version of the contract.</summary>
    private static byte[] BuiltAgainst(int contract, string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        using var file = new PEReader(new MemoryStream(bytes));
        var reader = file.GetMetadataReader();
        var row = reader
            .AssemblyReferences.Select((handle, index) => (handle, index))
            .Single(it => reader.GetString(reader.GetAssemblyReference(it.handle).Name) == "CloudManager.Adapters.Sdk")
            .index;
        var table = file.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(TableIndex.AssemblyRef);
        bytes[table + (row * reader.GetTableRowSize(TableIndex.AssemblyRef))] = (byte)contract;
        return bytes;
    }

    /// <summary>Why the pool's plug-in is refused, as its health and its capabilities say.</summary>
    private static async Task<string> RefusedAsync(Declared plugin)
    {
        await using var host = await PluginHost.StartAsync(plugin);
        var failure = Assert.Throws<AdapterException>(() => host.Adapter);
        Assert.Equal(FailureKind.Throttled, failure.Kind);
        Assert.Contains(failure.Message, host.Malfunction, StringComparison.Ordinal);
        var capabilities = host.Pools.Capabilities(PluginHost.Id);
        var (zh, en) = host.Pools.Malfunction(PluginHost.Id)!.Reason;
        Assert.All(capabilities, it => Assert.Equal($"资源池故障：{zh} / the pool malfunctions: {en}", it.Reason));
        Assert.All(capabilities, it => Assert.False(it.Available));
        await host.NothingElseIsHarmedAsync();
        return host.Malfunction!;
    }
}
