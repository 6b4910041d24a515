using System.Data.Common;
using System.Text.Json;
using CloudManager.Api.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudManager.Api.Tests.Web;

public sealed class BorderTests
{
    [Theory]
    [InlineData("a text that PostgreSQL cannot hold is the caller's", "22021", 422, "input.noText")]
    [InlineData("whatever else the database says is a bug", "53300", 500, "internal")]
    public async Task What_the_database_refuses_is_answered_without_its_words(
        string because,
        string state,
        int status,
        string code
    )
    {
        var http = new DefaultHttpContext();
        http.Response.Body = new MemoryStream();
        var border = new Border(_ => throw new Refused(state), NullLogger<Border>.Instance);

        await border.InvokeAsync(http);

        http.Response.Body.Position = 0;
        using var problem = await JsonDocument.ParseAsync(http.Response.Body);
        Assert.True(http.Response.StatusCode == status, because);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret words", problem.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    private sealed class Refused(string state) : DbException("secret words")
    {
        public override string SqlState => state;
    }
}
