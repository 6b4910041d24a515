using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CloudManager.Api.Composition;
using CloudManager.Api.Demo;
using CloudManager.Api.Tests.Support;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;
using CloudManager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>The province with two reports on file.</summary>
public sealed class ReportsHost : IAsyncLifetime
{
    private const string Password = "correct-horse-battery";
    private readonly TempFolder _folder = new();
    private WebApplication? _app;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    /// <summary>The frozen report of September as it was filed.</summary>
    public string September { get; } = ReportJson.Write(Report(new Month(2026, 9)));

    public async ValueTask InitializeAsync()
    {
        var options = new CommandLine { Urls = "http://127.0.0.1:0", Data = _folder.Path };
        _app = await Serving.BuildAsync(options, BooksAddress.Of(options.Data, null), ([], []), CancellationToken.None);
        var seed = _app.Services.GetRequiredService<SeedProvince>();
        await seed.RegionsAsync(CancellationToken.None);
        await seed.PartiesAsync(CancellationToken.None);
        var accounts = (await DemoData.ProvinceAsync(CancellationToken.None)).Accounts;
        await _app
            .Services.GetRequiredService<DemoAccounts>()
            .AddAsync(accounts, (Password, MustChange: false), CancellationToken.None);
        await AddCityAsync(_app.Services);
        await FileAsync(new Month(2026, 8), ReportJson.Write(Report(new Month(2026, 8))));
        await FileAsync(new Month(2026, 9), September);
        await _app.StartAsync(CancellationToken.None);
        _client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    public async Task<(HttpResponseMessage Answer, string Text)> GetAsync(string account, string path)
    {
        var session = await Client.PostAsJsonAsync("/api/v1/sessions", new { account, password = Password });
        var token = (await session.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/reports{path}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await Client.SendAsync(message);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The departments of one city.</summary>
    private static async Task AddCityAsync(IServiceProvider services)
    {
        var register = services.GetRequiredService<RegisterOrganisation>();
        (string Code, OrganisationKind Kind)[] city =
        [
            ("city-authority", OrganisationKind.Authority),
            ("city-technical", OrganisationKind.TechnicalDepartment),
            ("city-agency", OrganisationKind.ServiceAgency),
        ];
        foreach (var (code, kind) in city)
        {
            var department = new Organisation(code, code, kind, "430100");
            var added = await services
                .GetRequiredService<IBooks>()
                .ChangeAsync(
                    new Intent(Origin.Platform, "test.city", new Subject("organisation", code)),
                    (transaction, token) => register.ExecuteAsync(transaction, department, token),
                    CancellationToken.None
                );
            Assert.True(added.IsDone, added.Refusal?.ToString());
        }

        var accounts = city.Select(c => new DemoAccount(c.Code, c.Code, [Role.Officer]));
        await services
            .GetRequiredService<DemoAccounts>()
            .AddAsync([.. accounts], (Password, MustChange: false), CancellationToken.None);
    }

    private Task FileAsync(Month month, string body)
    {
        var head = new ReportHead(ReportHead.MonthlyId(month), ReportKind.Monthly, $"{month}", Made(month));
        var reports = _app!.Services.GetRequiredService<IReportStore>();
        return _app
            .Services.GetRequiredService<IBooks>()
            .KeepAsync(
                Origin.Platform,
                async (transaction, token) =>
                {
                    await reports.AddAsync(transaction, new FrozenReport(head, body), token);
                    return Done.Now;
                },
                CancellationToken.None
            );
    }

    private static DateTimeOffset Made(Month month) => China.StartOf(month.End).AddHours(3);

    private static MonthlyReport Report(Month month) =>
        new()
        {
            Id = ReportHead.MonthlyId(month),
            Kind = ReportKind.Monthly,
            Period = $"{month}",
            From = month.First,
            Until = month.End,
            CreatedAt = Made(month),
            Province = "湖南省<script>alert(1)</script>",
            Installation = "ab12cd34",
            Pools = [],
            Ranking = new(new([], [], []), new([], [], [])),
            Requests = new([], [], []),
            Changes = new(ChangeCount.None, []),
            Cost = new(0, CostSum.None, [], []),
            Notes = [],
        };
}

public sealed class ReportsTests(ReportsHost host) : IClassFixture<ReportsHost>
{
    [Theory]
    [InlineData("authority")]
    [InlineData("technical")]
    [InlineData("agency")]
    [InlineData("finance")]
    [InlineData("audit")]
    public async Task Art25_Is_read_by(string account)
    {
        var (list, _) = await host.GetAsync(account, "");
        var (report, text) = await host.GetAsync(account, "/monthly-2026-09");

        Assert.Equal((200, 200), ((int)list.StatusCode, (int)report.StatusCode));
        Assert.Equal("application/json", report.Content.Headers.ContentType!.MediaType);
        Assert.Equal(host.September, text);
    }

    [Theory]
    [InlineData("tenant-a")]
    [InlineData("provider-a")]
    [InlineData("sysadmin")]
    [InlineData("secadmin")]
    [InlineData("auditadmin")]
    public async Task The_province_as_a_whole_is_not_shown_to(string account)
    {
        foreach (var path in (string[])["", "/monthly-2026-09", "/monthly-2026-09?format=html", "/none"])
        {
            var (answer, text) = await host.GetAsync(account, path);

            Assert.Equal(403, (int)answer.StatusCode);
            Assert.Equal("access.notForYou", Code(text));
        }
    }

    [Theory]
    [InlineData("city-authority")]
    [InlineData("city-technical")]
    [InlineData("city-agency")]
    public async Task The_province_as_a_whole_is_not_shown_to_the_departments_of_one_city(string account)
    {
        var (list, items) = await host.GetAsync(account, "");
        var (report, text) = await host.GetAsync(account, "/monthly-2026-09");
        var (page, _) = await host.GetAsync(account, "/monthly-2026-09?format=html");

        Assert.Equal((200, 404, 404), ((int)list.StatusCode, (int)report.StatusCode, (int)page.StatusCode));
        Assert.Equal("report.notFound", Code(text));
        Assert.DoesNotContain("monthly-2026", items);
    }

    [Fact]
    public async Task Lists_what_is_on_file_by_page_and_period()
    {
        var first = JsonElement.Parse((await host.GetAsync("authority", "?limit=1")).Text);
        var next = Uri.EscapeDataString(first.GetProperty("next").GetString()!);
        var second = JsonElement.Parse((await host.GetAsync("authority", $"?limit=1&cursor={next}")).Text);
        var one = JsonElement.Parse((await host.GetAsync("authority", "?kind=monthly&period=2026-09")).Text);
        var none = JsonElement.Parse((await host.GetAsync("authority", "?period=2026-01")).Text);

        Assert.Equal(["monthly-2026-08"], Ids(first));
        Assert.Equal(["monthly-2026-09"], Ids(second));
        Assert.Equal(["monthly-2026-09"], Ids(one));
        Assert.Empty(Ids(none));
        var item = one.GetProperty("items")[0];
        Assert.Equal("monthly", item.GetProperty("kind").GetString());
        Assert.Equal("2026-09", item.GetProperty("period").GetString());
        Assert.Equal("2026-10-01T03:00:00+08:00", item.GetProperty("createdAt").GetString());
    }

    [Fact]
    public async Task The_page_may_run_and_fetch_nothing_and_names_in_it_are_text()
    {
        var (answer, text) = await host.GetAsync("technical", "/monthly-2026-09?format=html");
        var policy = string.Join(';', answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType.CharSet);
        Assert.Contains(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join(',', answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Equal(text, (await host.GetAsync("audit", "/monthly-2026-09?format=html")).Text);
    }

    [Theory]
    [InlineData("?period=2026-13", "period")]
    [InlineData("?period=2026-9", "period")]
    [InlineData("?period=", "period")]
    [InlineData("?kind=weekly", "kind")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?cursor=nonsense", "cursor")]
    [InlineData("?month=2026-09", "month")]
    [InlineData("/monthly-2026-09?format=docx", "format")]
    [InlineData("/monthly-2026-09?format=json&format=html", "format")]
    [InlineData("/monthly-2026-09?lang=en", "lang")]
    public async Task Bad_input_is_refused_by_the_name_of_its_field(string path, string field)
    {
        var (answer, text) = await host.GetAsync("authority", path);

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal("query.invalid", Code(text));
        Assert.Equal(
            [field],
            JsonElement
                .Parse(text)
                .GetProperty("errors")
                .EnumerateArray()
                .Select(e => e.GetProperty("path").GetString())
        );
    }

    [Theory]
    [InlineData("/monthly-2026-07")]
    [InlineData("/monthly-2026-13?format=html")]
    [InlineData("/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/' or 1=1 --")]
    public async Task What_is_not_on_file_is_not_found(string path)
    {
        var (answer, text) = await host.GetAsync("authority", path);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("report.notFound", Code(text));
    }

    private static string? Code(string text) => JsonElement.Parse(text).GetProperty("code").GetString();

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString());
}
