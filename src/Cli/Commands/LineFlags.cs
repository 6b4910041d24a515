using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Commands;

/// <summary>
/// A request of one line, by flags: an item with its size; with --resource what is in service, and what becomes of it.
/// </summary>
internal sealed class LineFlags
{
    private const int Most = 1_000_000;
    private readonly Option<string> _type;
    private readonly Option<string> _system;
    private readonly Option<string> _pool;
    private readonly Option<string> _reason;
    private readonly Option<string> _item;
    private readonly Option<string> _resource;
    private readonly Option<bool> _remove;
    private readonly Option<string> _to;
    private readonly Option<int?> _quantity;
    private readonly Option<int?> _vcpus;
    private readonly Option<int?> _memory;
    private readonly Option<string> _image;
    private readonly Option<int?> _size;
    private readonly Option<int?> _bandwidth;
    private readonly Option<string> _description;

    public LineFlags(Shell shell)
    {
        var number = Shapes.Whole(1, Most);
        _type = Shapes.Text.Option("--type", shell.Say("申请类型，默认 provision", "the type; provision"));
        _system = Shapes.Text.Option("--system", shell.Say("为哪个系统", "for which system"));
        _pool = Shapes.Text.Option("--pool", shell.Say("资源池", "on which pool"));
        _reason = Shapes.Text.Option("--reason", shell.Say("申请理由", "why"));
        _item = Shapes.Text.Option("--item", shell.Say("目录项", "the catalogue item"));
        _resource = Shapes.Text.Option("--resource", shell.Say("变更或注销的云资源", "the resource to change or end"));
        _remove = new Option<bool>("--remove") { Description = shell.Say("移除该云资源", "remove the resource") };
        _to = Shapes.Text.Option(
            "--to",
            shell.Say("新增资源所属的运行中云服务器或网络", "the server or network in service that it is added to")
        );
        _quantity = number.Option("--quantity", shell.Say("数量，默认 1", "how many; 1"));
        _vcpus = number.Option("--vcpus", shell.Say("云服务器：核数", "server: cores"));
        _memory = number.Option("--memory", shell.Say("云服务器：内存 GiB", "server: memory in GiB"));
        _image = Shapes.Text.Option("--image", shell.Say("云服务器：镜像", "server: image"));
        _size = number.Option("--size", shell.Say("云硬盘或系统盘：GiB", "volume or system disk: GiB"));
        _bandwidth = number.Option("--bandwidth", shell.Say("公网地址：Mbps", "public address: Mbps"));
        _description = Shapes.Text.Option("--description", shell.Say("人工服务：要求", "manual item: what is wanted"));
    }

    public Option[] Options =>
        [
            _type,
            _system,
            _pool,
            _reason,
            _item,
            _resource,
            _remove,
            _to,
            _quantity,
            _vcpus,
            _memory,
            _image,
            _size,
            _bandwidth,
            _description,
        ];

    /// <summary>A flag that was given; null if none was.</summary>
    public string? Given(ParseResult parsed) =>
        Options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    public NewRequest Read(ParseResult parsed)
    {
        var spec = new Spec
        {
            Vcpus = parsed.GetValue(_vcpus),
            MemoryGiB = parsed.GetValue(_memory),
            Image = parsed.GetValue(_image),
            SizeGiB = parsed.GetValue(_size),
            BandwidthMbps = parsed.GetValue(_bandwidth),
            Description = parsed.GetValue(_description),
        };
        var type = parsed.GetValue(_type) ?? "provision";
        return new NewRequest(
            type,
            Needed(parsed, _system),
            Needed(parsed, _reason),
            Lines(parsed, type, spec),
            parsed.GetValue(_pool)
        );
    }

    /// <summary>A deregistration without a resource is of the whole system.</summary>
    private IReadOnlyList<NewLine> Lines(ParseResult parsed, string type, Spec spec)
    {
        if (parsed.GetValue(_resource) is not { } resource)
        {
            return type == "deregistration" && parsed.GetValue(_item) is null
                ? []
                : [new(Needed(parsed, _item), parsed.GetValue(_quantity) ?? 1, spec, To: parsed.GetValue(_to))];
        }

        var line = new NewLine(
            parsed.GetValue(_item),
            parsed.GetValue(_quantity),
            spec == new Spec() ? null : spec,
            Resource: resource,
            Remove: parsed.GetValue(_remove) ? true : null,
            To: parsed.GetValue(_to)
        );
        return [line];
    }

    private static string Needed(ParseResult parsed, Option<string> option)
    {
        if (parsed.GetValue(option) is { } value)
        {
            return value;
        }

        var expected = Symbols.ExpectationOf(option)!;
        throw new UsageException(
            new Words(
                $"{option.Name}：缺少，应为{expected.Zh}，或用 --file",
                $"{option.Name}: missing; expected {expected.En}, or --file"
            )
        );
    }
}
