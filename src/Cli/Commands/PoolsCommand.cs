using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Pools;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr pools: the resource pools and what each can do.</summary>
internal static class PoolsCommand
{
    public static Command Build(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("资源池", "the pool"));
        return shell
            .Signed("pools", shell.Say("资源池", "resource pools"), ListAsync)
            .With(
                shell
                    .Signed(
                        "show",
                        shell.Say("一个资源池及其能力", "one pool with its capabilities"),
                        (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(id), token)
                    )
                    .With(id),
                shell
                    .Signed(
                        "reopen",
                        shell.Say(
                            "重新打开插件已停用的资源池",
                            "let calls in again to a pool whose plug-in was closed"
                        ),
                        (call, token) => ReopenAsync(call, call.Parsed.GetRequiredValue(id), token)
                    )
                    .With(id)
            );
    }

    private static async Task ListAsync(Call call, CancellationToken cancellationToken)
    {
        var pools = await call.Api.Pools.ListAsync(cancellationToken);
        call.Show(screen =>
            screen.Table<ResourcePool>(
                pools.Items,
                new("资源池", "pool", p => p.Id),
                new("名称", "name", p => p.Name),
                new("云服务商", "provider", p => p.Provider),
                new("行政区划", "region", p => p.Region),
                new("类别", "kind", p => p.Kind),
                new("适配器", "adapter", p => p.Adapter),
                new("状态", "status", p => p.Status),
                new("连通", "answers", p => Answers(p, call.Language))
            )
        );
    }

    private static async Task ShowAsync(Call call, string id, CancellationToken cancellationToken)
    {
        var pool = await call.Api.Pools.FindAsync(id, cancellationToken);
        Show(call, pool);
    }

    private static async Task ReopenAsync(Call call, string id, CancellationToken cancellationToken) =>
        Show(call, await call.Api.Pools.ReopenAsync(id, cancellationToken));

    private static void Show(Call call, ResourcePool pool) =>
        call.Show(screen =>
        {
            ShowStanding(screen, pool, call.Language);
            ShowFaults(screen, pool.Health.MappingFaults);
            ShowAgents(screen, pool.Health.Agents ?? [], call.Language);
            screen.Heading("能力", "Capabilities");
            screen.Table<Capability>(
                pool.Capabilities,
                new("能力", "capability", c => c.Name),
                new("可用", "available", c => Texts.Of(c.Available, call.Language)),
                new("可订购", "orderable", c => Texts.Of(c.Orderable, call.Language)),
                new("说明", "remark", c => Texts.Of(c.Reason))
            );
            if (pool.Items.Count > 0)
            {
                screen.Heading("可订购目录项", "What can be ordered");
                OfferTable.Show(screen, pool.Items);
            }
        });

    private static void ShowStanding(Screen screen, ResourcePool pool, Language language) =>
        screen.Fields(
            (new("资源池", "pool"), pool.Id),
            (new("名称", "name"), pool.Name),
            (new("云服务商", "provider"), pool.Provider),
            (new("行政区划", "region"), pool.Region),
            (new("类别", "kind"), pool.Kind),
            (new("适配器", "adapter"), pool.Adapter),
            (new("状态", "status"), pool.Status),
            (new("连通", "answers"), Answers(pool, language)),
            (new("原因", "reason"), Texts.Of(pool.Health.Detail)),
            (new("云平台请求号", "request id"), Texts.Of(pool.Health.RequestId)),
            (new("检查时间", "checked at"), Texts.Of(pool.Health.CheckedAt)),
            (new("启用依据", "evidence"), Texts.Of(pool.Evidence))
        );

    private static void ShowFaults(Screen screen, IReadOnlyList<MappingFault> faults)
    {
        if (faults.Count > 0)
        {
            screen.Heading("映射错误", "Faults of the mapping");
            screen.Table<MappingFault>(
                faults,
                new("种类", "kind", f => f.Kind),
                new("名称", "name", f => f.Name),
                new("说明", "remark", f => f.Reason)
            );
        }
    }

    private static void ShowAgents(Screen screen, IReadOnlyList<SiteAgentStanding> agents, Language language)
    {
        if (agents.Count > 0)
        {
            screen.Heading("现场代理", "Site agents");
            screen.Table<SiteAgentStanding>(
                agents,
                new("名称", "name", a => a.Name),
                new("版本", "version", a => a.Version),
                new("凭据", "credential", a => a.Credential),
                new("在线", "connected", a => Texts.Of(a.Connected, language)),
                new("接入时间", "since", a => Texts.Of(a.Since)),
                new("最近通信", "last seen", a => Texts.Of(a.LastSeen)),
                new("调用数", "calls", a => a.Calls.ToString())
            );
        }
    }

    private static string Answers(ResourcePool pool, Language language) =>
        pool.Health.Reason is { } reason ? reason : Texts.Of(pool.Health.Answers, language);
}
