using System.Text;
using CloudManager.Core.Kernel;
using CloudManager.Core.Kernel.Export;

namespace CloudManager.Core.Tests.Metering;

public sealed class CsvLinesTests
{
    private static readonly ExportColumn[] Columns = [new("单位", ExportKind.Text), new("value", ExportKind.Number)];

    [Fact]
    public async Task A_file_begins_with_a_byte_order_mark_and_lines_end_as_spreadsheets_want_them()
    {
        var bytes = await WriteAsync(["省人社厅", 1.5], ["", null]);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("单位,value\r\n省人社厅,1.5\r\n,\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("plain-text", "plain-text")]
    public async Task A_text_is_no_formula_and_stays_one_cell(string text, string cell)
    {
        var bytes = await WriteAsync([text, null]);

        Assert.Equal($"{cell},", Encoding.UTF8.GetString(bytes[3..]).Split("\r\n")[1]);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        string[] texts = ["a,b", "\"quoted\"", "two\nlines", "省"];
        var bytes = await WriteAsync([.. texts.Select(text => new object?[] { text, -2.25 })]);

        var records = new CsvText(Encoding.UTF8.GetString(bytes)).Records().Skip(1).ToList();

        Assert.Equal(texts, records.Select(record => record.Fields[0]));
        Assert.All(records, record => Assert.Equal("-2.25", record.Fields[1]));
    }

    private static async Task<byte[]> WriteAsync(params object?[][] rows)
    {
        using var stream = new MemoryStream();
        var table = new ExportTable(Columns, rows.Select(row => (IReadOnlyList<object?>)row).ToAsyncEnumerable());
        await CsvLines.WriteAsync(table, stream, CancellationToken.None);
        return stream.ToArray();
    }
}
