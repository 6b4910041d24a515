using CloudManager.Api.Web;

namespace CloudManager.Api.Tests.Web;

public sealed class CursorTests
{
    [Theory]
    [InlineData("42")]
    [InlineData("社保")]
    public void A_cursor_reads_back_what_it_was_made_of(string key)
    {
        Assert.True(Cursor.TryRead("requests", Cursor.Write("requests", key)!, out var read));
        Assert.Equal(key, read);
    }

    [Fact]
    public void The_last_page_has_none() => Assert.Null(Cursor.Write("requests", null));

    [Fact]
    public void A_cursor_of_another_list_is_refused() =>
        Assert.False(Cursor.TryRead("resources", Cursor.Write("requests", "42")!, out _));

    [Fact]
    public void A_cursor_that_was_altered_anywhere_is_refused()
    {
        var cursor = Cursor.Write("requests", "42")!;

        // The last character holds spare bits, which the decoder itself refuses where they are set.
        for (var i = 0; i < cursor.Length; i++)
        {
            var altered = cursor[..i] + (cursor[i] == 'A' ? 'Q' : 'A') + cursor[(i + 1)..];
            Assert.False(Cursor.TryRead("requests", altered, out _), altered);
        }
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no base64", "%%%")]
    [InlineData("too short", "AAAA")]
    [InlineData("blanks", "   ")]
    public void What_is_no_cursor_is_refused(string because, string text) =>
        Assert.False(Cursor.TryRead("requests", text, out _), because);
}
