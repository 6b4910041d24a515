using System.CommandLine;
using CloudManager.Cli.Commands;

namespace CloudManager.Cli.Parsing;

/// <summary>The command line as a whole.</summary>
internal static class Root
{
    public const string Name = "cloudmgr";

    public static RootCommand Build(Shell shell)
    {
        var codes = string.Join(
            Environment.NewLine,
            ExitCode.Meanings.Select(m => $"  {m.Code, 3}  {m.Meaning.In(shell.Language)}")
        );
        var root = new RootCommand(
            shell.Say("统一云管平台命令行。", "The cloud-management platform from a terminal.")
                + $"{Environment.NewLine}{Environment.NewLine}{shell.Say("退出码：", "Exit codes:")}{Environment.NewLine}{codes}"
        );
        foreach (var option in shell.Common)
        {
            root.Add(option);
        }

        root.Add(LoginCommand.Build(shell));
        root.Add(LogoutCommand.Build(shell));
        root.Add(WhoamiCommand.Build(shell));
        root.Add(CatalogueCommand.Build(shell));
        root.Add(ApplyCommand.Build(shell));
        root.Add(RequestCommand.Build(shell));
        root.Add(OrderCommand.Build(shell));
        root.Add(ResourcesCommand.Build(shell));
        root.Add(UtilisationCommand.Build(shell));
        root.Add(BillsCommand.Build(shell));
        root.Add(ReportCommand.Build(shell));
        root.Add(PoolsCommand.Build(shell));
        root.Add(ConformanceCommand.Build(shell));
        root.Add(FindingsCommand.Build(shell));
        root.Add(PlanCommand.Build(shell));
        root.Add(OffHoursCommand.Build(shell));
        root.Add(ForecastCommand.Build(shell));
        root.Add(CircularCommand.Build(shell));
        root.Add(InventoryCommand.Build(shell));
        root.Add(TakeoverCommand.Build(shell));
        root.Add(SamplesCommand.Build(shell));
        root.Add(JobsCommand.Build(shell));
        root.Add(DemoCommand.Build(shell));
        root.Add(AgentCommand.Build(shell));
        return root;
    }
}
