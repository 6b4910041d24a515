using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;

namespace CloudManager.Cli.Commands;

/// <summary>--csv FILE and --parquet FILE: every row into a file, as it comes.</summary>
internal sealed class Exporting
{
    private readonly Option<string> _csv;
    private readonly Option<string> _parquet;

    public Exporting(Shell shell)
    {
        _csv = Shapes.Text.Option("--csv", shell.Say("全部各行写入 CSV 文件", "every row into a CSV file"));
        _parquet = Shapes.Text.Option(
            "--parquet",
            shell.Say("全部各行写入 Parquet 文件", "every row into a Parquet file")
        );
    }

    public Symbol[] Options => [_csv, _parquet];

    /// <summary>Writes the file that was asked for; false where none was.</summary>
    public async Task<bool> WriteAsync(
        Call call,
        Func<string, CancellationToken, Task<Stream>> read,
        CancellationToken cancellationToken
    )
    {
        var (csv, parquet) = (call.Parsed.GetValue(_csv), call.Parsed.GetValue(_parquet));
        if (csv is not null && parquet is not null)
        {
            throw new UsageException(
                new("--csv、--parquet：至多给出其中一个", "--csv, --parquet: expected at most one of the two")
            );
        }

        if ((csv ?? parquet) is not { } file)
        {
            return false;
        }

        await using var source = await read(csv is null ? "parquet" : "csv", cancellationToken);
        await SaveAsync(source, file, cancellationToken);
        call.Screen.Aside($"→ {file}");
        return true;
    }

    /// <summary>Beside its place first: what breaks off leaves no half of a file there.</summary>
    private static async Task SaveAsync(Stream source, string file, CancellationToken cancellationToken)
    {
        var part = $"{file}.part";
        try
        {
            await using (var target = File.Create(part))
            {
                await source.CopyToAsync(target, cancellationToken);
            }

            File.Move(part, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            File.Delete(part);
            throw new UsageException(
                new Words($"{file} 未能写完：{failure.Message}", $"{file} could not be written: {failure.Message}")
            );
        }
    }
}
