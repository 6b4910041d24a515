using CloudManager.Documents.Charts;

namespace CloudManager.Documents.Tests.Charts;

public sealed class LetteringTests
{
    [Fact]
    public void A_chinese_character_is_as_wide_as_it_is_high() => Assert.Equal(48, Lettering.Width("湖南省厅", 12));

    [Fact]
    public void What_fits_stays_whole() => Assert.Equal("湖南省", Lettering.Fit("湖南省", 36, 12));

    [Fact]
    public void What_does_not_fit_ends_in_an_ellipsis_within_the_room()
    {
        var fitted = Lettering.Fit(new string('省', 100), 300, 12);

        Assert.EndsWith("…", fitted, StringComparison.Ordinal);
        Assert.True(Lettering.Width(fitted, 12) <= 300);
        Assert.Equal(24, fitted.Length - 1);
    }

    [Fact]
    public void A_character_of_two_code_units_is_not_cut_in_half() =>
        Assert.Equal("𠮷…", Lettering.Fit("𠮷𠮷𠮷", 24, 12));
}
