using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Tests.Inventory;

public sealed class TakeoverFileTests
{
    private const string Header = "pool,nativeId,system,item,paper\n";

    [Fact]
    public void Quotes_line_ends_and_the_order_of_columns_are_the_files_own()
    {
        var check = new Check();
        var rows = TakeoverFile.Read(
            "\ufeffPaper, 目录项 ,系统,实例ID,资源池,带宽Mbps\r\n\"a \"\"b\"\", c\r\nd\",i,s,n,p,\r\n\r\nx,i,s,m,p,20",
            check
        );

        Assert.DoesNotContain(check.Faults, f => f.Path != "line 2.paper");
        var only = Assert.Single(rows);
        Assert.Equal(
            (5, "x", "s", "m", 20),
            (only.Line, only.Paper, only.System, only.Server.NativeId.Value, only.Server.BandwidthMbps)
        );
    }

    [Theory]
    [InlineData("nothing at all", "", "line 1 csv.empty")]
    [InlineData("a header alone", Header, "line 1 csv.empty")]
    [InlineData("a column nobody knows", "pool,nativeId,system,item,paper,colour\n", "line 1 csv.header")]
    [InlineData("a column twice", "pool,pool,nativeId,system,item,paper\n", "line 1 csv.header")]
    [InlineData("a column missing", "pool,nativeId,system,item\n", "line 1 csv.header")]
    [InlineData("a quote never closed", Header + "p,n,s,i,\"x\n", "line 2 csv.quotes")]
    [InlineData("text after a quote", Header + "p,n,s,i,\"x\"y\n", "line 2 csv.quotes")]
    [InlineData("a field too few", Header + "p,n,s,i\n", "line 2 csv.fields")]
    [InlineData("no paper", Header + "p,n,s,i,\n", "line 2.paper ")]
    public void A_fault_names_its_line(string because, string text, string expected)
    {
        var check = new Check();

        TakeoverFile.Read(text, check);

        Assert.True(expected == string.Join("; ", check.Faults.Select(f => $"{f.Path} {f.Code}")), because);
    }
}
