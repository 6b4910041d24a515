using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Iam;

/// <summary>A temporary access key: its calls must bring the security token along, signed.</summary>
internal static class SecurityTokenCreate
{
    public static Reply Create(Call call)
    {
        var identity =
            call.Section("auth", "1100").Obj("identity")
            ?? throw new Fault(400, "400", "Invalid input for field 'identity'");
        var asked = identity.Obj("token") ?? identity.Obj("assume_role");
        var seconds = asked.Int("duration_seconds") ?? 900;
        if (seconds is < 900 or > 86400)
        {
            throw new Fault(400, "400", "duration_seconds must be 900 to 86400");
        }

        var ids = call.Cloud.Ids;
        var credential = new Credential(
            "HST" + ids.NextHex()[..17].ToUpperInvariant(),
            ids.NextHex(),
            "gQpj" + ids.NextHex() + ids.NextHex(),
            call.Cloud.Now.AddSeconds(seconds)
        );
        call.Cloud.Accounts.Keys[credential.AccessKey] = credential;
        return new Reply(
            201,
            new JsonObject
            {
                ["credential"] = new JsonObject
                {
                    ["access"] = credential.AccessKey,
                    ["secret"] = credential.SecretKey,
                    ["securitytoken"] = credential.SecurityToken,
                    ["expires_at"] = Json.Millis(credential.Expires!.Value),
                },
            }
        );
    }
}
