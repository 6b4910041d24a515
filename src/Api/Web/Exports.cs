using CloudManager.Core.Kernel.Export;

namespace CloudManager.Api.Web;

/// <summary>The form in which a list leaves the platform.</summary>
internal enum ExportFormat
{
    Json,

    /// <summary>CSV in UTF-8 with a byte order mark, row by row.</summary>
    Csv,

    Parquet,
}

/// <summary>Answers tables as files: all rows, whatever a page has.</summary>
internal sealed class Exports(IParquetFiles parquet)
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Parquet = "application/vnd.apache.parquet";
    private static readonly string[] OfPages = ["limit", "cursor"];

    /// <summary>Reads <c>format</c>; a page is none of an export, so that neither limit nor cursor goes with one.</summary>
    public static ExportFormat FormatOf(Query query)
    {
        var format = query.Word<ExportFormat>("format") ?? ExportFormat.Json;
        foreach (var name in OfPages.Where(n => format != ExportFormat.Json && query.Has(n)))
        {
            query.Fault(name, null, ("导出含全部各行，不分页", "no pages: an export has every row"));
        }

        return format;
    }

    /// <param name="format">CSV or Parquet.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="table">What it holds.</param>
    public IResult Answer(ExportFormat format, string name, ExportTable table) =>
        format == ExportFormat.Csv ? new CsvAnswer(name, table) : new ParquetAnswer(parquet, name, table);

    private static void Head(HttpResponse response, string type, string file)
    {
        response.ContentType = type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
    }

    private sealed class CsvAnswer(string name, ExportTable table) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Head(httpContext.Response, Csv, $"{name}.csv");
            await CsvLines.WriteAsync(table, httpContext.Response.Body, httpContext.RequestAborted);
        }
    }

    /// <summary>Parquet ends with its index, so the file is made whole before the first byte is sent.</summary>
    private sealed class ParquetAnswer(IParquetFiles parquet, string name, ExportTable table) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var folder = Directory.CreateTempSubdirectory("cloudmanager-export-");
            try
            {
                var path = Path.Combine(folder.FullName, "table.parquet");
                await parquet.WriteAsync(table, path, httpContext.RequestAborted);
                Head(httpContext.Response, Parquet, $"{name}.parquet");
                await httpContext.Response.SendFileAsync(path, httpContext.RequestAborted);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
