using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Control;

/// <summary>What tests ask and order behind the cloud's back; no signature is needed here.</summary>
internal static class ControlRoutes
{
    public static void Map(RouteTable routes) =>
        routes
            .Of(Family.Gateway)
            .Get("/_lab/state", State)
            .Delete("/_lab/state", Reset)
            .Get("/_lab/calls", Calls)
            .Delete("/_lab/calls", ClearCalls)
            .Post("/_lab/options", Options)
            .Post("/_lab/jobs/fail", FailJobs)
            .Post("/_lab/troubles", OrderTrouble)
            .Delete("/_lab/troubles", ClearTroubles)
            .Delete("/_lab/locks", Unlock);

    private static Reply State(Call call)
    {
        var cloud = call.Cloud;
        return Reply.Ok(
            new JsonObject
            {
                ["region"] = cloud.Options.Region,
                ["project"] = cloud.Options.ProjectId,
                ["vpc"] = cloud.Ids.Fixed("vpc-default"),
                ["subnet"] = cloud.Ids.Fixed("subnet-default"),
                ["securityGroup"] = cloud.Ids.Fixed("security-group-default"),
                ["images"] = Json.Strings(cloud.Images.All().Select(image => image.Id)),
                ["now"] = Json.Millis(cloud.Now),
                ["counts"] = new JsonObject
                {
                    ["servers"] = cloud.Servers.Count,
                    ["volumes"] = cloud.Volumes.Count,
                    ["snapshots"] = cloud.Snapshots.Count,
                    ["vpcs"] = cloud.Vpcs.Count,
                    ["subnets"] = cloud.Subnets.Count,
                    ["ports"] = cloud.Ports.Count,
                    ["securityGroups"] = cloud.SecurityGroups.Count,
                    ["publicips"] = cloud.Eips.Count,
                    ["bandwidths"] = cloud.Bandwidths.Count,
                    ["jobs"] = cloud.Jobs.Count,
                },
                ["servers"] = Json.Array(
                    cloud
                        .Servers.Own()
                        .Select(server => new JsonObject
                        {
                            ["id"] = server.Id,
                            ["name"] = server.Name,
                            ["status"] = server.Status,
                        })
                ),
            }
        );
    }

    private static Reply Reset(Call call)
    {
        call.Cloud.Reset();
        return Reply.NoContent;
    }

    private static Reply Calls(Call call)
    {
        var tally = call.Cloud.Tally;
        return Reply.Ok(
            new JsonObject
            {
                ["total"] = tally.Total,
                ["signaturesVerified"] = tally.Verified,
                ["signaturesRefused"] = tally.Refused.Values.Sum(),
                ["byToken"] = tally.ByToken,
                ["throttled"] = tally.Throttled,
                ["refusedBecause"] = Numbers(tally.Refused),
                ["calls"] = Numbers(tally.Calls),
            }
        );
    }

    private static JsonObject Numbers(IReadOnlyDictionary<string, int> counts) =>
        new(counts.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    private static Reply ClearCalls(Call call)
    {
        call.Cloud.Tally.Clear();
        return Reply.NoContent;
    }

    private static Reply Options(Call call)
    {
        var options = call.Cloud.Options;
        options.JobTime = Millis(call, "jobMillis") ?? options.JobTime;
        options.JobWait = Millis(call, "jobWaitMillis") ?? options.JobWait;
        options.SettleTime = Millis(call, "settleMillis") ?? options.SettleTime;
        options.Latency = Millis(call, "latencyMillis") ?? options.Latency;
        options.ThrottleEvery = call.Body.Int("throttleEvery") ?? options.ThrottleEvery;
        options.LockAfter = call.Body.Int("lockAfter") ?? options.LockAfter;
        return Reply.NoContent;
    }

    private static TimeSpan? Millis(Call call, string name) =>
        call.Body.Int(name) is { } millis ? TimeSpan.FromMilliseconds(millis) : null;

    private static Reply FailJobs(Call call)
    {
        var body = call.Body;
        call.Cloud.Jobs.Fail(
            new JobFault(
                body.Str("type") ?? "",
                body.Int("count") ?? 1,
                new JobFailure(body.Str("code") ?? "Ecs.0000", body.Str("reason") ?? "ordered by the test")
            )
        );
        return Reply.NoContent;
    }

    private static Reply OrderTrouble(Call call)
    {
        var body = call.Body;
        var status = body.Int("status") ?? 500;
        call.Cloud.Troubles.Order(
            new Trouble(body.Str("method"), body.Str("path") ?? "", body.Int("count") ?? 1, status)
            {
                Body = body.Str("body"),
                ContentType = body.Str("contentType") ?? "application/json",
                Code = body.Str("code") ?? (status == 429 ? "APIGW.0308" : "APIGW.0500"),
                Message = body.Str("message") ?? "ordered by the test",
                RetryAfter = body.Int("retryAfter"),
                AfterWork = body.Flag("afterWork"),
            }
        );
        return Reply.NoContent;
    }

    private static Reply ClearTroubles(Call call)
    {
        call.Cloud.Troubles.Clear();
        return Reply.NoContent;
    }

    private static Reply Unlock(Call call)
    {
        call.Cloud.Accounts.Unlock();
        return Reply.NoContent;
    }
}
