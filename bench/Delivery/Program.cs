// Servers delivered through the platform beside a bare concurrent client that makes the same calls, on the lab's OpenStack.
//   dotnet run --project bench/Delivery -c Release [servers] [rounds]
using System.Globalization;
using CloudManager.Bench.Delivery;

const string Project = "lab-bench";
var servers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var keystone = Environment.GetEnvironmentVariable("CLOUDMANAGER_LAB") ?? "http://127.0.0.1:15000/v3";
var password = Environment.GetEnvironmentVariable("CLOUDMANAGER_LAB_PASSWORD") ?? "labsecret";
Environment.SetEnvironmentVariable("CLOUDMANAGER_LAB_PASSWORD", password);

using var admin = new Cloud();
await admin.SignInAsync(keystone, "admin", password, "admin");
await new BenchProject(admin, Project).MakeAsync();
using var cloud = new Cloud();
await cloud.SignInAsync(keystone, "demo", password, Project);
await cloud.EmptyAsync();
var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
try
{
    var adapters = BenchProject.WriteAdapters(folder, Project, keystone);
    var atOnce = (int)adapters.Pool["limits"]!["concurrency"]!;
    using var host = new Host(folder, adapters.Path);
    await host.ReadyAsync();
    var platform = new Platform(host);
    await platform.DeliverAsync(2);
    await cloud.EmptyAsync();
    for (var round = 0; round < rounds; round++)
    {
        var before = host.Cpu;
        var ours = await platform.DeliverAsync(servers);
        var spent = host.Cpu - before;
        await AssertActiveAsync();
        await cloud.EmptyAsync();
        var bare = await new Bare(cloud, atOnce).DeliverAsync(servers);
        await AssertActiveAsync();
        await cloud.EmptyAsync();
        Say($"platform: {servers} servers in {ours.TotalSeconds:F1} s = {servers / ours.TotalSeconds:F3}/s");
        Say($"bare client, {atOnce} at once: {bare.TotalSeconds:F1} s = {servers / bare.TotalSeconds:F3}/s");
        Say($"ratio {bare / ours:F3}; processor time of the host per server {spent.TotalMilliseconds / servers:F0} ms");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task AssertActiveAsync()
{
    var all = await cloud.ServersAsync();
    if (all.Count != servers || all.Values.Any(status => status != "ACTIVE"))
    {
        throw new InvalidOperationException($"{all.Count} servers: {string.Join(' ', all.Values.Distinct())}");
    }
}

static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
