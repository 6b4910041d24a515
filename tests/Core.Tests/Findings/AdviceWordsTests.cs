using CloudManager.Core.Findings;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Findings;

/// <summary>How an advice words its reasons.</summary>
public sealed class AdviceWordsTests
{
    [Fact]
    public void Coverage_just_under_the_least_does_not_read_as_enough()
    {
        var words = AdviceWords.TooLittle(Covered(0.7996), Covered(1), new SizingPolicy());

        Assert.Equal("coverage of CPU 79.9 % and memory 100 % is under 80 %: no advice", words.En);
        Assert.Equal("监测覆盖率 CPU 79.9 %、内存 100 %，低于 80 %，不提出建议", words.Zh);
    }

    private static TestMetric Covered(double coverage) => new(null, null, null, coverage);
}
