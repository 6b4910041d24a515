using CloudManager.Cli.Output;

namespace CloudManager.Cli.Tests.Output;

public sealed class WidthTests
{
    [Theory]
    [InlineData("letters take a cell each", "req-000001", 10)]
    [InlineData("Chinese characters take two", "业务高峰", 8)]
    [InlineData("full-width punctuation takes two", "（示例）", 8)]
    [InlineData("a middle dot takes one", "政务云·池A", 10)]
    [InlineData("a combining accent takes none", "e\u0301", 1)]
    [InlineData("a rare character beyond the first plane takes two", "\U00020000", 2)]
    [InlineData("nothing takes nothing", "", 0)]
    public void Counts_the_cells_of_a_terminal(string because, string text, int cells) =>
        Assert.True(cells == Width.Of(text), $"{because}: {Width.Of(text)}");

    [Fact]
    public void Fills_on_the_side_that_is_asked_for()
    {
        Assert.Equal("数量  ", Width.Fill("数量", 6, right: false));
        Assert.Equal("  数量", Width.Fill("数量", 6, right: true));
        Assert.Equal("数量", Width.Fill("数量", 2, right: true));
    }
}
