using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Api.Commands;
using CloudManager.Api.Composition;

var faults = new List<string>();
var options = CommandLine.Parse(args, faults);
if (faults.Count > 0)
{
    await Console.Error.WriteLineAsync($"{string.Join('\n', faults)}\n{CommandLine.Usage}");
    return 2;
}

if (options.Words.Count > 0)
{
    return await AuditCommand.RunAsync(options, CancellationToken.None);
}

try
{
    var pools = await PoolServices.ReadAsync(options.Adapters, CancellationToken.None);
    await using var app = await Serving.BuildAsync(options, pools, CancellationToken.None);
    await Serving.RunAsync(app, options, CancellationToken.None);
    return 0;
}
catch (AdaptersFileException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
