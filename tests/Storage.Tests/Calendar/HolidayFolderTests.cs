using CloudManager.Core.Kernel;
using CloudManager.Storage.Calendar;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Storage.Tests.Calendar;

public sealed class HolidayFolderTests : IDisposable
{
    private const string Table2027 = """
        {"year": 2027, "source": "a notice", "off": ["2027-01-01"], "worked": ["2027-01-03"]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("holidays-").FullName;
    private readonly MachineClock _clock = new(new FakeTimeProvider());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Starts_with_the_shipped_tables_in_an_empty_folder()
    {
        using var holidays = Open(Path.Combine(_folder, "made", "on-demand"));

        Assert.Equal([2024, 2025, 2026], holidays.Current.Years);
    }

    [Fact]
    public void A_file_adds_a_year_and_another_replaces_a_shipped_one()
    {
        Write("2027.json", Table2027);
        Write("2026.json", """{"year": 2026, "source": "amended", "off": ["2026-01-01"], "worked": []}""");

        using var holidays = Open(_folder);

        Assert.True(holidays.Current.Knows(2027));
        Assert.False(holidays.Current.IsWorkingDay(new DateOnly(2027, 1, 1)));
        Assert.True(holidays.Current.IsWorkingDay(new DateOnly(2026, 1, 2)));
    }

    [Fact]
    public void A_start_with_wrong_files_lists_every_fault_of_each()
    {
        Write("2027.json", Table2027.Replace("2027-01-03", "2027-01-04"));
        Write("2028.json", Table2027);
        Write("2029.json", "{");

        var fault = Assert.Throws<HolidayFolderException>(() => Open(_folder));

        Assert.Equal(
            [("2027.json", "worked[0]"), ("2028.json", "year"), ("2029.json", "$")],
            fault.Faults.Select(each => (each.File, each.Fault.Path))
        );
        Assert.Contains("holidays/2027.json: worked[0]: \"2027-01-04\":", fault.Message);
    }

    [Fact]
    public void A_wrong_file_at_run_time_keeps_the_old_tables_and_says_so()
    {
        Write("2027.json", Table2027);
        var log = new SignallingLogger();
        using var holidays = HolidayFolder.Open(_folder, _clock, log);
        var before = holidays.Current;
        Write("2027.json", Table2027.Replace("2027-01-01", "2027-01-02"));

        var faults = holidays.Reload();

        Assert.Equal("off[0]", faults.Single().Fault.Path);
        Assert.Same(before, holidays.Current);
        Assert.Contains(log.Lines, line => line.Contains("off[0]"));
    }

    [Fact]
    public void A_repaired_file_is_taken_and_a_removed_one_falls_back()
    {
        using var holidays = Open(_folder);
        Write("2027.json", Table2027);
        Assert.Empty(holidays.Reload());
        Assert.True(holidays.Current.Knows(2027));

        File.Delete(Path.Combine(_folder, "2027.json"));

        Assert.Empty(holidays.Reload());
        Assert.False(holidays.Current.Knows(2027));
    }

    [Fact]
    public async Task A_changed_file_is_read_without_being_asked()
    {
        var log = new SignallingLogger();
        using var holidays = HolidayFolder.Open(_folder, new MachineClock(TimeProvider.System), log);
        log.Expect("2027");

        Write("2027.json", Table2027);

        await log.Seen.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(holidays.Current.Knows(2027));
    }

    private HolidayFolder Open(string folder) => HolidayFolder.Open(folder, _clock, NullLogger<HolidayFolder>.Instance);

    private void Write(string name, string json) => File.WriteAllText(Path.Combine(_folder, name), json);

    /// <summary>Keeps the lines and tells when one with an expected text was written.</summary>
    private sealed class SignallingLogger : ILogger<HolidayFolder>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile string? _expected;

        public List<string> Lines { get; } = [];

        public Task Seen => _seen.Task;

        public void Expect(string text) => _expected = text;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var line = formatter(state, exception);
            lock (Lines)
            {
                Lines.Add(line);
            }

            if (
                _expected is { } expected
                && line.Contains(expected, StringComparison.Ordinal)
                && logLevel == LogLevel.Information
            )
            {
                _seen.TrySetResult();
            }
        }
    }
}
