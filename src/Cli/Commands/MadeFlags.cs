using System.CommandLine;
using CloudManager.Cli.Parsing;
using CloudManager.Client.WorkOrders;

namespace CloudManager.Cli.Commands;

/// <summary>What people made of one resource, by flags.</summary>
internal sealed class MadeFlags(Shell shell)
{
    private const int Most = 1_000_000;

    private readonly Option<string> _evidence = Shapes.Text.Option(
        "--evidence",
        shell.Say("签章文件编号", "the signed paper"),
        required: true
    );

    private readonly Option<string> _native = Shapes.Text.Option(
        "--native-id",
        shell.Say("云服务商的实例编号", "the provider's identifier")
    );

    private readonly Option<string> _addresses = Shapes.Text.Option(
        "--addresses",
        shell.Say("地址，以分号分隔", "its addresses, semicolons between")
    );

    private readonly Option<int?> _vcpus = Shapes.Whole(1, Most).Option("--vcpus", shell.Say("实际核数", "its cores"));

    private readonly Option<int?> _memory = Shapes
        .Whole(1, Most)
        .Option("--memory", shell.Say("实际内存 GiB", "its memory in GiB"));

    private readonly Option<int?> _size = Shapes
        .Whole(1, Most)
        .Option("--size", shell.Say("实际容量 GiB", "its size in GiB"));

    private readonly Option<int?> _bandwidth = Shapes
        .Whole(1, Most)
        .Option("--bandwidth", shell.Say("实际带宽 Mbps", "its bandwidth in Mbps"));

    public Option[] Options => [_evidence, _native, _addresses, _vcpus, _memory, _size, _bandwidth];

    public MadeByHand Read(ParseResult parsed) =>
        new(
            null,
            parsed.GetValue(_native),
            parsed.GetValue(_addresses)?.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries),
            parsed.GetValue(_vcpus),
            parsed.GetValue(_memory),
            parsed.GetValue(_size),
            parsed.GetValue(_bandwidth),
            parsed.GetRequiredValue(_evidence)
        );
}
