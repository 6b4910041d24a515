namespace CloudManager.Adapters.Mock.Usage;

/// <summary>The series of a pool, in the order of their files' names; each is read when it is first needed.</summary>
internal sealed class TraceFolder
{
    private readonly Lazy<TraceFile>[] _files;

    /// <exception cref="Sdk.AdapterException">The folder is missing or empty.</exception>
    public TraceFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            throw MockErrors.Invalid($"The folder of traces '{path}' does not exist.");
        }

        _files =
        [
            .. Directory
                .EnumerateFiles(path)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .OrderBy(Path.GetFileName, StringComparer.Ordinal)
                .Select(file => new Lazy<TraceFile>(() => TraceFile.Load(file))),
        ];
        if (_files.Length == 0)
        {
            throw MockErrors.Invalid($"The folder of traces '{path}' is empty.");
        }
    }

    /// <summary>The series of the server with this number.</summary>
    public TraceFile Of(int number) => _files[number % _files.Length].Value;
}
