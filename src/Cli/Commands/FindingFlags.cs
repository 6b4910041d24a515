using System.CommandLine;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>Which findings are meant.</summary>
internal sealed class FindingFlags
{
    private readonly Option<string> _kind;
    private readonly Option<string> _state;
    private readonly Option<string> _pool;
    private readonly Option<string> _tenant;
    private readonly Option<string> _system;
    private readonly Option<string> _region;
    private readonly Option<string> _policy;

    public FindingFlags(Shell shell)
    {
        _kind = Shapes.Text.Option("--kind", shell.Say("类别，如 zombie", "of a kind such as zombie"));
        _state = Shapes.OneOf("open", "closed").Option("--state", shell.Say("open 或 closed", "open or closed"));
        _pool = Shapes.Text.Option("--pool", shell.Say("资源池", "in a pool"));
        _tenant = Shapes.Text.Option("--tenant", shell.Say("单位", "of a tenant"));
        _system = Shapes.Text.Option("--system", shell.Say("系统", "of a system"));
        _region = Shapes.Text.Option("--region", shell.Say("行政区划", "in a region"));
        _policy = Shapes.Text.Option("--policy", shell.Say("监测标准，如 430000-v1", "by a policy such as 430000-v1"));
    }

    public Symbol[] Options => [_kind, _state, _pool, _tenant, _system, _region, _policy];

    public FindingQuery Read(ParseResult parsed) =>
        new()
        {
            Kind = parsed.GetValue(_kind),
            State = parsed.GetValue(_state),
            Pool = parsed.GetValue(_pool),
            Tenant = parsed.GetValue(_tenant),
            System = parsed.GetValue(_system),
            Region = parsed.GetValue(_region),
            Policy = parsed.GetValue(_policy),
        };
}
