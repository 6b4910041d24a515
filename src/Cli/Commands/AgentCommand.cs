using System.CommandLine;
using CloudManager.Agent;
using CloudManager.Agent.Declaration;
using CloudManager.Agent.Logs;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using Microsoft.Extensions.Logging;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr agent: serves pools from a provider's site (现场代理); the one command that does not speak as an account.</summary>
internal static class AgentCommand
{
    public static Command Build(Shell shell)
    {
        var config = Shapes.Text.Option("--config", shell.Say("代理配置文件", "the agent's file, agent.json"));
        config.Required = true;
        var check = new Option<bool>("--check")
        {
            Description = shell.Say("只检查配置，不运行", "only look whether the files are right"),
        };
        return new Command(
            "agent",
            shell.Say("在云服务商现场运行代理", "serve a provider's pools from its own site")
        ).With(command =>
        {
            command.With(config, check);
            command.SetAction(
                (parsed, token) => RunAsync(shell, parsed.GetRequiredValue(config), parsed.GetValue(check), token)
            );
        });
    }

    private static async Task<int> RunAsync(
        Shell shell,
        string config,
        bool onlyCheck,
        CancellationToken cancellationToken
    )
    {
        using var lines = new LineLogs(shell.Around.Out, TimeProvider.System);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(lines));
        try
        {
            var settings = await AgentFile.LoadAsync(config, cancellationToken);
            var around = new AgentSurroundings(TimeProvider.System, loggers);
            await using var agent = await SiteAgent.OpenAsync(settings, around, cancellationToken);
            if (onlyCheck)
            {
                shell.Screen.Aside("配置正确", "the files are right");
                return ExitCode.Done;
            }

            await agent.RunAsync(cancellationToken);
            return ExitCode.Done;
        }
        catch (AgentFileException wrong)
        {
            throw new UsageException(Words.Both(wrong.Message));
        }
    }
}
