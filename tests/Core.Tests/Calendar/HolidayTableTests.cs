using CloudManager.Core.Calendar;

namespace CloudManager.Core.Tests.Calendar;

public sealed class HolidayTableTests
{
    private const string Good = """
        {"year": 2026, "source": "notice", "off": ["2026-01-01", "2026-01-02"], "worked": ["2026-01-04"]}
        """;

    [Fact]
    public void Reads_a_year()
    {
        var table = HolidayTable.Parse(Good).Value;

        Assert.Equal(2026, table.Year);
        Assert.Equal("notice", table.Source);
        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2)], table.Off.Order());
        Assert.Equal([new DateOnly(2026, 1, 4)], table.Worked);
    }

    [Fact]
    public void Was_shipped_with_the_notices_of_three_years() =>
        Assert.Equal(
            [
                (2024, "国办发明电〔2023〕7号", 19, 8),
                (2025, "国办发明电〔2024〕12号", 18, 5),
                (2026, "国办发明电〔2025〕7号", 19, 6),
            ],
            HolidayTable.BuiltIn.Select(table => (table.Year, table.Source, table.Off.Count, table.Worked.Count))
        );

    [Theory]
    [InlineData("a Saturday is off anyway", "2026-01-02", "2026-01-03", "off[1]")]
    [InlineData("a Monday is worked anyway", "2026-01-04", "2026-01-05", "worked[0]")]
    [InlineData("a day stands twice", "2026-01-02", "2026-01-01", "off[1]")]
    [InlineData("a day of another year", "2026-01-02", "2025-01-01", "off[1]")]
    [InlineData("a make-up day of another year", "2026-01-04", "2025-01-26", "worked[0]")]
    [InlineData("no such day", "2026-01-02", "2026-02-30", "off[1]")]
    [InlineData("another way to write a day", "2026-01-02", "2026/01/02", "off[1]")]
    [InlineData("null among the days", "\"2026-01-02\"", "null", "off[1]")]
    [InlineData("a number among the days", "\"2026-01-02\"", "20260102", "off[1]")]
    [InlineData("a string for a list", "[\"2026-01-04\"]", "\"2026-01-04\"", "worked")]
    [InlineData("no day off at all", "[\"2026-01-01\", \"2026-01-02\"]", "[]", "off")]
    [InlineData("a year before there were notices", "2026,", "1999,", "year")]
    [InlineData("a year as text", "2026,", "\"2026\",", "year")]
    [InlineData("a broken year", "2026,", "2026.5,", "year")]
    [InlineData("no source", "\"notice\"", "\"\"", "source")]
    [InlineData("a source of another type", "\"notice\"", "7", "source")]
    [InlineData("an unknown member", "\"worked\":", "\"note\": 1, \"worked\":", "note")]
    [InlineData("a doubled member", "\"worked\":", "\"source\": \"again\", \"worked\":", "source")]
    [InlineData("a missing member", ", \"worked\": [\"2026-01-04\"]", "", "worked")]
    [InlineData("a member of another case", "\"off\"", "\"Off\"", "off")]
    public void Refuses_a_wrong_table_by_path(string because, string right, string wrong, string path)
    {
        Assert.Contains(right, Good);

        var refusal = HolidayTable.Parse(Good.Replace(right, wrong)).Refusal;

        Assert.Equal("calendar.tableInvalid", refusal?.Code);
        Assert.True(refusal!.Faults.Any(fault => fault.Path == path), because);
    }

    [Fact]
    public void Lists_every_fault_at_once()
    {
        var refusal = HolidayTable
            .Parse("""{"year": 2026, "off": ["2026-01-03", 5], "worked": ["2025-01-06"], "x": {"y": 1}}""")
            .Refusal;

        Assert.Equal(
            [
                ("x", """{"y": 1}"""),
                ("source", null),
                ("off[0]", "\"2026-01-03\""),
                ("off[1]", "5"),
                ("worked[0]", "\"2025-01-06\""),
                ("worked[0]", "\"2025-01-06\""),
            ],
            refusal!.Faults.Select(fault => (fault.Path, fault.Value))
        );
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("cut off", """{"year": 2026""")]
    [InlineData("a list", "[]")]
    [InlineData("null", "null")]
    [InlineData("half a surrogate pair in a text", """{"year": 2026, "source": "\ud800"}""")]
    [InlineData("half a surrogate pair in a name", """{"\ud800": 1}""")]
    public void Refuses_what_is_no_object(string because, string json)
    {
        var refusal = HolidayTable.Parse(json).Refusal;

        Assert.NotNull(refusal);
        Assert.True(refusal.Faults.Single().Path == "$", because);
    }
}
