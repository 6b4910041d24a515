using System.CommandLine;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr apply: drafts a request, from flags or from a file, and submits it if asked to.</summary>
internal static class ApplyCommand
{
    public static Command Build(Shell shell)
    {
        var flags = new LineFlags(shell);
        var file = Shapes.Text.Option(
            "--file",
            shell.Say("申请的 JSON 文件，代替各项参数", "a request as JSON, in place of the flags")
        );
        var key = Shapes.Text.Option(
            "--key",
            shell.Say("幂等键：同一键只建一份申请", "idempotency key: one key makes one request")
        );
        var submit = new Option<bool>("--submit") { Description = shell.Say("随即提交", "submit it too") };
        return shell
            .Signed(
                "apply",
                shell.Say("提出申请", "apply for resources"),
                async (call, token) =>
                {
                    var idempotency = call.Parsed.GetValue(key) ?? Guid.NewGuid().ToString();
                    var draft = call.Parsed.GetValue(file) is { } path
                        ? await FromFileAsync(call, flags, (path, idempotency), token)
                        : await call.Api.Requests.CreateAsync(flags.Read(call.Parsed), idempotency, token);
                    var made = call.Parsed.GetValue(submit)
                        ? await call.Api.Steps.ActAsync(draft.Id, "submit", StepInput.Nothing, ifMatch: null, token)
                        : draft;
                    call.Show(screen => RequestPage.Show(screen, made));
                }
            )
            .With(flags.Options)
            .With(file, key, submit);
    }

    private static async Task<Request> FromFileAsync(
        Call call,
        LineFlags flags,
        (string Path, string Key) file,
        CancellationToken cancellationToken
    )
    {
        if (flags.Given(call.Parsed) is { } given)
        {
            throw new UsageException(
                new($"{given}：与 --file 不能同时给出", $"{given}: cannot be given together with --file")
            );
        }

        var body = await JsonFile.ReadAsync("--file", file.Path, cancellationToken);
        return await call.Api.Requests.CreateFromJsonAsync(body, file.Key, cancellationToken);
    }
}
