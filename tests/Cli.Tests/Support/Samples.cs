using System.Text.Json.Nodes;

namespace CloudManager.Cli.Tests.Support;

/// <summary>Answers as the platform gives them.</summary>
internal static class Samples
{
    public static string Request(string state, string order = "none") =>
        $$$"""
            {"id":"req-000001","type":"provision","state":"{{{state}}}","tenant":"tenant-a","region":"430000",
             "system":"a-social-security","reason":"业务高峰扩容","order":"{{{order}}}","disputed":false,"testSummary":null,
             "completedOn":null,"proposedCompletion":null,"createdAt":"2026-11-23T21:04:10.078+08:00","version":2,
             "lines":[{"no":1,"item":"ecs-general","kind":"server","quantity":1,"pool":"mock-a","provider":"provider-a",
                       "spec":{"vcpus":4,"memoryGiB":8,"image":"kylin-v10-x86","sizeGiB":40}}],
             "deadlines":[{"step":"accept","startedAt":"2026-11-23T21:04:10+08:00","dueAt":"2026-11-30T23:59:59+08:00",
                           "closedAt":null,"overdue":true}],
             "history":[{"at":"2026-11-23T21:04:10+08:00","by":"tenant-a","organisation":"tenant-a","action":"create","opinion":null}],
             "actions":["withdraw"]}
            """;

    public static string Page(string? next, params string[] items) =>
        $$$"""{"items":[{{{string.Join(',', items)}}}],"next":{{{(next is null ? "null" : $"\"{next}\"")}}}}""";

    public static string Report(string period) =>
        new JsonObject
        {
            ["id"] = $"monthly-{period}",
            ["kind"] = "monthly",
            ["period"] = period,
            ["createdAt"] = "2026-10-01T03:00:00+08:00",
        }.ToJsonString();
}
