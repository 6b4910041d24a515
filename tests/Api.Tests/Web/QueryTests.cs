using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudManager.Api.Tests.Web;

public sealed class QueryTests
{
    [Fact]
    public void Nothing_given_is_the_first_page_of_fifty()
    {
        var query = Of("");

        Assert.Equal(new PageRequest(null, 50), query.Page("requests"));
        Assert.Null(query.Refusal);
    }

    [Fact]
    public void A_cursor_of_the_list_leads_on()
    {
        var query = Of($"?limit=500&cursor={Cursor.Write("requests", "7")}");

        Assert.Equal(new PageRequest("7", 500), query.Page("requests"));
        Assert.Null(query.Refusal);
    }

    [Theory]
    [InlineData("below the range", "?limit=0", "limit")]
    [InlineData("above the range", "?limit=501", "limit")]
    [InlineData("no number", "?limit=ten", "limit")]
    [InlineData("a sign", "?limit=-1", "limit")]
    [InlineData("twice", "?limit=1&limit=2", "limit")]
    [InlineData("no cursor of ours", "?cursor=abc", "cursor")]
    [InlineData("a word of another case", "?state=Draft", "state")]
    [InlineData("the number of a word", "?state=0", "state")]
    [InlineData("a parameter nobody reads", "?stat=draft", "stat")]
    public void A_wrong_parameter_is_refused_by_its_name(string because, string text, string path)
    {
        var query = Of(text);
        query.Page("requests");
        query.Word<RequestState>("state");

        Assert.True(path == Assert.Single(query.Refusal!.Faults).Path, because);
    }

    [Theory]
    [InlineData("an unescaped plus", "?from=2026-03-01T00:00:00+08:00")]
    [InlineData("an escaped plus", "?from=2026-03-01T00:00:00%2B08:00")]
    [InlineData("UTC", "?from=2026-02-28T16:00:00Z")]
    public void An_instant_is_read_with_its_offset(string because, string text) =>
        Assert.True(Of(text).Instant("from") == new DateTimeOffset(2026, 2, 28, 16, 0, 0, TimeSpan.Zero), because);

    [Fact]
    public void An_instant_without_offset_is_refused()
    {
        var query = Of("?from=2026-03-01T00:00:00");

        Assert.Null(query.Instant("from"));
        Assert.Equal("from", Assert.Single(query.Refusal!.Faults).Path);
    }

    private static Query Of(string text) =>
        new(new DefaultHttpContext { Request = { QueryString = new QueryString(text) } }.Request);
}
