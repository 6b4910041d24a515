using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Answers as Huawei's API references show them.</summary>
internal static class Recorded
{
    public const string ServerId = "4a0c5ec4-f8f6-4b17-993a-2fbe8e108ee8";
    public const string VolumeId = "b104b8db-170d-441b-897a-3c8ba9c5a214";
    public const string VpcId = "99d9d709-8478-4b46-9f3f-2206b1023fd3";
    public const string SubnetId = "4779ab1c-7c1a-44b1-a02e-93dfc361b32d";
    public const string EipId = "f588ccfa-8750-4d7c-bf5d-2ede24414706";
    public const string JobId = "ff8080828adc4e38018b7e4f3b9e0001";

    private const string P = ScriptedCloud.Project;

    public static WireAnswer Answer(string call) =>
        call switch
        {
            $"GET /v1/{P}/cloudservers/limits" => Ok(
                """{"absolute": {"maxTotalCores": 800, "totalCoresUsed": 12, "maxTotalRAMSize": 1638400, "totalRAMUsed": 24576}}"""
            ),
            $"GET /v1/{P}/cloudservers/detail" => Ok("""{"count": 0, "servers": []}"""),
            $"GET /v1/{P}/cloudservers/{ServerId}" => Ok($$$"""{"server": {{{Server()}}}}"""),
            $"GET /v1/{P}/cloudservers/flavors" => Ok(
                """{"flavors": [{"id": "s6.large.2", "name": "s6.large.2", "vcpus": "2", "ram": 4096, "disk": "0", "os_extra_specs": {"cond:operation:status": "normal"}}]}"""
            ),
            $"POST /v1/{P}/cloudservers" or $"POST /v1.1/{P}/cloudservers" => Ok(
                $$"""{"job_id": "{{JobId}}", "serverIds": ["{{ServerId}}"]}"""
            ),
            $"POST /v1/{P}/cloudservers/delete" => Ok($$"""{"job_id": "{{JobId}}"}"""),
            $"GET /v1/{P}/jobs/{JobId}" => Ok(
                $$"""{"job_id": "{{JobId}}", "status": "RUNNING", "error_code": null, "fail_reason": null, "entities": null}"""
            ),
            $"GET /v1/{P}/vpcs" => Ok($$"""{"vpcs": [{{Vpc()}}]}"""),
            $"GET /v1/{P}/vpcs/{VpcId}" => Ok($$$"""{"vpc": {{{Vpc()}}}}"""),
            $"GET /v1/{P}/subnets" => Ok(
                $$"""{"subnets": [{"id": "{{SubnetId}}", "name": "subnet", "cidr": "192.168.0.0/24", "status": "ACTIVE", "vpc_id": "{{VpcId}}"}]}"""
            ),
            "GET /v2/cloudimages" => Ok(
                """{"images": [{"id": "37ca2b35-6fc7-47ab-93c7-900324809c5c", "name": "kylin", "status": "active", "__os_type": "Linux", "virtual_env_type": "FusionCompute"}]}"""
            ),
            _ => new WireAnswer(
                404,
                $$"""{"error_code": "APIGW.0101", "error_msg": "The API does not exist: {{call}}"}"""
            ),
        };

    public static string Vpc(string status = "OK") =>
        $$"""{"id": "{{VpcId}}", "name": "vpc", "description": "", "cidr": "192.168.0.0/16", "status": "{{status}}"}""";

    public static string Server(
        string status = "ACTIVE",
        string flavour = "s6.large.2",
        string id = ServerId,
        string tag = ""
    ) =>
        $$"""
            {"id": "{{id}}", "name": "vm-a", "status": "{{status}}", "created": "2026-11-23T03:19:19Z",
             "flavor": {"id": "{{flavour}}", "name": "{{flavour}}", "vcpus": "2", "ram": "4096", "disk": "0"},
             "addresses": {"{{VpcId}}": [{"version": "4", "addr": "192.168.0.7", "OS-EXT-IPS:type": "fixed"},
                                          {"version": "4", "addr": "203.0.113.9", "OS-EXT-IPS:type": "floating"}]},
             "OS-EXT-STS:task_state": null, "metadata": {"charging_mode": "0"}, "tags": [{{(
                tag.Length == 0 ? "" : $"\"{tag}\""
            )}}]}
            """;

    public static string Volume(
        string status = "available",
        int size = 10,
        string id = VolumeId,
        string attachments = "",
        string tags = ""
    ) =>
        $$$"""
            {"id": "{{{id}}}", "name": "数据盘", "status": "{{{status}}}", "size": {{{size}}}, "volume_type": "SSD", "bootable": "false",
             "attachments": [{{{attachments}}}], "tags": {{{{tags}}}}, "metadata": {}, "created_at": "2026-11-23T02:38:40.392463"}
            """;

    public static WireAnswer Ok(string body) => new(200, body);
}
