namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>Answers of a real OpenStack Zed, shortened to the members that matter and a few that do not.</summary>
internal static class Recorded
{
    public const string ServerId = "a31de365-c34b-4e6f-887e-01316b4a51fd";
    public const string VolumeId = "e8e1e85c-302e-4a32-bb42-f1e1f5d55467";
    public const string Project = "c0c72525322849a280cc61ca33830b99";

    public const string Limits = """
        {"limits": {"rate": [], "absolute": {"maxTotalInstances": 100, "maxTotalCores": 200, "maxTotalRAMSize": 512000,
        "totalRAMUsed": 1024, "totalCoresUsed": 1, "totalInstancesUsed": 1}}}
        """;

    public const string Networks = """
        {"networks": [
          {"id": "7465e84e-cdb5-4122-a4fa-c41271b11a7d", "name": "demo-net", "status": "ACTIVE", "description": "", "router:external": false},
          {"id": "d1452ade-34f8-4ea6-9947-65e9d6b476ef", "name": "public", "status": "ACTIVE", "description": "", "router:external": true}]}
        """;

    public const string Flavours = """
        {"flavors": [
          {"id": "1c1g", "name": "1C1G", "ram": 1024, "disk": 10, "swap": "", "vcpus": 1, "os-flavor-access:is_public": true},
          {"id": "2c4g", "name": "2C4G", "ram": 4096, "disk": 40, "swap": "", "vcpus": 2, "os-flavor-access:is_public": true},
          {"id": "odd", "name": "odd", "ram": 1536, "disk": 10, "swap": "", "vcpus": 1, "os-flavor-access:is_public": true}]}
        """;

    public const string Images = """
        {"images": [
          {"id": "d05c6fd2-5269-42be-a124-fe89596fcf2d", "name": "lab-kernel", "container_format": "aki", "status": "active"},
          {"id": "8fad4b60-156e-46af-b289-1dafcf33beb9", "name": "lab-linux", "container_format": "bare", "status": "active", "hw_architecture": "x86_64"}],
         "first": "/v2/images?limit=200", "schema": "/v2/schemas/images"}
        """;

    public const string Created = $$$"""
        {"server": {"id": "{{{ServerId}}}", "links": [], "OS-DCF:diskConfig": "MANUAL", "adminPass": "v7gmCZhJe22E"}}
        """;

    public const string NoServers = """{"servers": []}""";

    public const string NotFound = """{"itemNotFound": {"code": 404, "message": "Instance could not be found."}}""";

    public static string Server(
        string status = "ACTIVE",
        string task = "null",
        string id = ServerId,
        string fault = ""
    ) =>
        $$$"""
            {"id": "{{{id}}}", "name": "os-a", "status": "{{{status}}}", "tenant_id": "{{{Project}}}", "metadata": {},
             "flavor": {"vcpus": 1, "ram": 1024, "disk": 10, "ephemeral": 0, "swap": 0, "original_name": "1C1G", "extra_specs": {}},
             "created": "2026-11-23T16:20:23Z", "updated": "2026-11-23T16:20:25Z", {{{fault}}}
             "addresses": {"demo-net": [
               {"version": 4, "addr": "10.20.1.148", "OS-EXT-IPS:type": "fixed"},
               {"version": 4, "addr": "172.30.0.9", "OS-EXT-IPS:type": "floating"}]},
             "OS-EXT-STS:task_state": {{{task}}}, "OS-EXT-STS:vm_state": "active", "tags": ["cloudmanager", "cm-1-1"]}
            """;

    public static string Volume(string status = "available", int size = 10, string attachments = "") =>
        $$$"""
            {"id": "{{{VolumeId}}}", "name": "os-v", "status": "{{{status}}}", "size": {{{size}}}, "volume_type": "ssd",
             "bootable": "false", "metadata": {"cloudmanager_key": "cm-1-2"}, "attachments": [{{{attachments}}}]}
            """;
}
