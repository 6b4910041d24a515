using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Cli.Session;
using CloudManager.Client;
using CloudManager.Client.Sessions;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr login: opens a session and keeps its token.</summary>
internal static class LoginCommand
{
    private const string PasswordVariable = "CLOUDMANAGER_PASSWORD";

    public static Command Build(Shell shell)
    {
        var account = Shapes.Text.Argument("ACCOUNT", shell.Say("账号", "the account"));
        var fromInput = new Option<bool>("--password-stdin")
        {
            Description = shell.Say("从标准输入读取密码", "read the password from standard input"),
        };
        return new Command(
            "login",
            shell.Say(
                $"登录；密码依次取自 --password-stdin、{PasswordVariable} 或在终端输入",
                $"sign in; the password comes from --password-stdin, {PasswordVariable} or is asked for"
            )
        )
            .With(account, fromInput)
            .With(command =>
                command.SetAction(
                    async (parsed, token) =>
                    {
                        var name = parsed.GetRequiredValue(account);
                        var password = await PasswordAsync(shell, name, parsed.GetValue(fromInput), token);
                        return await SignInAsync(shell, shell.ServerOf(parsed), new SignIn(name, password), token);
                    }
                )
            );
    }

    private static async Task<int> SignInAsync(
        Shell shell,
        string server,
        SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        using var client = new CloudManagerClient(new ClientOptions { Server = new Uri(server) });
        var opened = await client.Sessions.OpenAsync(signIn, cancellationToken);
        var file = SessionFile.In(shell.Around);
        file.Keep(server, new StoredSession(signIn.Account, opened.Token, opened.ExpiresAt));
        shell.Screen.Line(
            shell.Say(
                $"{signIn.Account} 已登录 {server}，有效期至 {Texts.Of(opened.ExpiresAt)}",
                $"{signIn.Account} is signed in on {server} until {Texts.Of(opened.ExpiresAt)}"
            )
        );
        return ExitCode.Done;
    }

    private static async Task<string> PasswordAsync(
        Shell shell,
        string account,
        bool fromInput,
        CancellationToken cancellationToken
    )
    {
        if (fromInput)
        {
            return await shell.Around.In.ReadLineAsync(cancellationToken) ?? "";
        }

        if (shell.Around.Given(PasswordVariable) is { } set)
        {
            return set;
        }

        return shell.Around.AskPassword is { } ask
            ? await ask(shell.Say($"{account} 的密码：", $"password of {account}: "), cancellationToken)
            : throw new UsageException(
                new(
                    $"没有密码：当前不是交互终端，应给出 --password-stdin 或 {PasswordVariable}",
                    $"no password: there is nobody to ask; expected --password-stdin or {PasswordVariable}"
                )
            );
    }
}

/// <summary>cloudmgr logout: closes the session and forgets its token.</summary>
internal static class LogoutCommand
{
    public static Command Build(Shell shell) =>
        new Command("logout", shell.Say("退出登录", "sign out")).With(command =>
            command.SetAction(
                async (parsed, token) =>
                {
                    await SignOutAsync(shell, shell.ServerOf(parsed), token);
                    return ExitCode.Done;
                }
            )
        );

    private static async Task SignOutAsync(Shell shell, string server, CancellationToken cancellationToken)
    {
        var file = SessionFile.In(shell.Around);
        if (!file.Read().Sessions.TryGetValue(server, out var session))
        {
            throw new NotSignedInException(server);
        }

        // Forgotten first: whatever the server answers, nobody is signed in from here any more.
        file.Forget(server);
        using var client = new CloudManagerClient(
            new ClientOptions { Server = new Uri(server), Token = session.Token }
        );
        await client.Sessions.CloseAsync(cancellationToken);
        shell.Screen.Line(
            shell.Say($"{session.Account} 已退出 {server}", $"{session.Account} is signed out of {server}")
        );
    }
}

/// <summary>cloudmgr whoami: the account that is signed in.</summary>
internal static class WhoamiCommand
{
    public static Command Build(Shell shell) =>
        shell.Signed("whoami", shell.Say("当前账号", "the account that is signed in"), ShowAsync);

    private static async Task ShowAsync(Call call, CancellationToken cancellationToken)
    {
        var me = await call.Api.Sessions.MeAsync(cancellationToken);
        call.Show(screen =>
            screen.Fields(
                (new("账号", "account"), me.Account),
                (new("单位", "organisation"), Texts.Of(me.Organisation?.Name)),
                (new("单位代码", "code"), Texts.Of(me.Organisation?.Code)),
                (new("单位类别", "kind"), Texts.Of(me.Organisation?.Kind)),
                (new("行政区划", "region"), Texts.Of(me.Organisation?.Region)),
                (new("角色", "roles"), string.Join(", ", me.Roles)),
                (new("须修改密码", "must change password"), Texts.Of(me.MustChangePassword, call.Language))
            )
        );
    }
}
