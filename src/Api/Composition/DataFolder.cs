using CloudManager.Storage;

namespace CloudManager.Api.Composition;

/// <summary>
/// The data folder of one host: with the books on SQLite a second process on it would collect, close and report beside the
/// first, so it does not start. On PostgreSQL any number may.
/// </summary>
internal static class DataFolder
{
    private const string FileName = "host.lock";

    /// <summary>Holds the folder until it is disposed of or the process ends; null where it need not be held.</summary>
    /// <exception cref="DataFolderTakenException">Another process holds it.</exception>
    public static FileStream? Take(string folder, BooksAddress books)
    {
        if (books.IsShared)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        var path = Path.GetFullPath(Path.Combine(folder, FileName));
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new DataFolderTakenException(folder);
        }
    }
}

/// <summary>Another process serves from the data folder.</summary>
internal sealed class DataFolderTakenException(string folder)
    : Exception(
        $"--data: {folder}: 另一进程正在使用该数据目录；多进程须用 --books 指定 PostgreSQL / "
            + "another process serves from this data folder; several processes need PostgreSQL, see --books"
    );
