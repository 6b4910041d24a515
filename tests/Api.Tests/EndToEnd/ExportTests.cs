using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Utilisation and samples as files over HTTP.</summary>
[Collection(DemoCollection.Name)]
public sealed class ExportTests(DemoHost host)
{
    private const string Month = "/api/v1/utilisation?month=2026-02";
    private const string Range = "from=2026-03-01T00:00:00%2B08:00&until=2026-03-02T00:00:00%2B08:00";

    [Fact]
    public async Task A_csv_file_of_samples_has_a_line_for_every_step()
    {
        var path = $"/api/v1/resources/{await Servers.OneAsync(host)}/samples?{Range}&step=1h&format=csv";

        var answer = await host.GetAsync("tenant-a", path);

        var lines = answer.Text.TrimEnd().Split("\r\n");
        Assert.Equal(200, answer.Status);
        Assert.Equal(25, lines.Length);
        Assert.EndsWith("networkInBytes,networkOutBytes", lines[0], StringComparison.Ordinal);
        Assert.Equal("2026-03-01T01:00:00+08:00,,,,,,,,,,,", lines[2]);
    }

    [Theory]
    [InlineData("resource")]
    [InlineData("system")]
    [InlineData("volume")]
    public async Task Without_rows_a_file_has_its_header(string by)
    {
        var answer = await host.GetAsync("technical", $"{Month}&by={by}&format=csv");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("resource,system,tenant,pool,", answer.Text.TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.Single(answer.Text.TrimEnd().Split("\r\n"));
    }

    [Fact]
    public async Task A_parquet_file_begins_and_ends_as_one()
    {
        var answer = await host.GetAsync("technical", $"{Month}&format=parquet");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("PAR1", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("PAR1", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such format", "&format=xlsx", "format")]
    [InlineData("a page of a file", "&format=csv&limit=5", "limit")]
    [InlineData("a file of another window", "&format=parquet&step=year", "step")]
    public async Task Refuses_what_is_no_file_by_name(string because, string query, string field)
    {
        var answer = await host.GetAsync("technical", Month + query);

        Assert.True(answer.Status == 422, $"{because}: {answer.Text}");
        Assert.Equal([field], answer.Faults.Select(f => f.Path));
    }

    [Fact]
    public async Task Another_tenants_rows_are_in_no_list_and_no_file()
    {
        var list = await host.GetAsync("tenant-a", $"{Month}&tenant=tenant-b");
        var file = await host.GetAsync("tenant-a", $"{Month}&tenant=tenant-b&format=csv");

        Assert.Empty(list.Items);
        Assert.Single(file.Text.TrimEnd().Split("\r\n"));
    }

    [Theory]
    [InlineData("tenant-b", 404)]
    [InlineData("sysadmin", 403)]
    public async Task A_file_of_samples_is_for_whom_the_resource_is(string account, int status)
    {
        var path = $"/api/v1/resources/{await Servers.OneAsync(host)}/samples?{Range}&step=1h&format=csv";

        Assert.Equal(status, (await host.GetAsync(account, path)).Status);
    }
}
