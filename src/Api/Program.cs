using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Api.Commands;
using CloudManager.Api.Composition;
using CloudManager.Storage;

var faults = new List<string>();
var options = CommandLine.Parse(args, faults);
var books = BooksOption.Read(options, Environment.GetEnvironmentVariable(BooksOption.Variable), faults);
options = options with
{
    Engine = MetricsOption.Read(options, Environment.GetEnvironmentVariable(MetricsOption.Variable), faults),
};
if (books is null || faults.Count > 0)
{
    await Console.Error.WriteLineAsync($"{string.Join('\n', faults)}\n{CommandLine.Usage}");
    return 2;
}

try
{
    if (options.Words.Count > 0)
    {
        return await AuditCommand.RunAsync(options, books, CancellationToken.None);
    }

    using var folder = DataFolder.Take(options.Data, books);
    var declared = await PoolServices.ReadAsync(options.Adapters, CancellationToken.None);
    await using var app = await Serving.BuildAsync(options, books, declared, CancellationToken.None);
    await Serving.RunAsync(app, options, CancellationToken.None);
    return 0;
}
catch (OperationCanceledException)
{
    // Told to stop before the start was over.
    return 0;
}
catch (DataFolderTakenException taken)
{
    await Console.Error.WriteLineAsync(taken.Message);
    return 1;
}
catch (AdaptersFileException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (BooksUnreachableException unreachable)
{
    await Console.Error.WriteLineAsync(
        $"{(books.IsShared ? BooksOption.Name : "--data")}: 无法连接账本数据库 / the books cannot be reached: {unreachable.Message}"
    );
    return 1;
}
