using System.Text.Json;
using System.Text.RegularExpressions;
using CloudManager.Adapters.Huawei.Signing;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>Reads a Huawei pool's settings and lists everything wrong with them.</summary>
internal static partial class HuaweiSettingsReader
{
    /// <summary>The settings; usable only if no fault was added.</summary>
    public static HuaweiSettings Read(JsonElement settings, List<SettingFault> faults)
    {
        if (!SettingsCursor.IsObject(settings, "", faults))
        {
            return new HuaweiSettings { Region = "", Keys = new AccessKeys("", "", null) };
        }

        var cursor = new SettingsCursor(settings, "", faults);
        var read = new HuaweiSettings
        {
            Region = Region(cursor),
            Keys = new AccessKeys(
                cursor.Needed("accessKey", "a reference to the access key (AK)"),
                cursor.Needed("secretKey", "a reference to the secret key (SK)"),
                cursor.Text("securityToken", "a reference to the token of a temporary AK/SK")
            ),
            ProjectId = ProjectId(cursor),
            ProjectName = cursor.Text("projectName", "the name of a project"),
            DomainId = cursor.Text("domainId", "the id of the account"),
            Endpoints = Endpoints(cursor.Inner("endpoints")),
            Signer = cursor.OneOf("signer", SdkHmacSigner.Algorithm, ScopedSdkHmacSigner.Setting),
            CaFile = cursor.Text("caFile", "the path of a PEM file"),
            ServerCreate = cursor.OneOf("serverCreate", "v1", "v1.1"),
            CinderStyle = cursor.OneOf("evsStyle", "jobs", "cinder") == "cinder",
            Vpc = cursor.Text("vpc", "the name or id of a VPC"),
            Subnet = cursor.Text("subnet", "the name or id of a subnet"),
            SecurityGroup = SecurityGroupReader.Read(cursor),
            AvailabilityZone = cursor.Text("availabilityZone", "the id of an availability zone"),
            EnterpriseProject =
                cursor.Text("enterpriseProject", "the id of an enterprise project; 0: the default") ?? "0",
            Address = Address(cursor.Inner("address")),
            SystemDiskType = cursor.Text("systemDiskType", "a volume type, e.g. GPSSD") ?? "GPSSD",
            HasMetrics = cursor.OneOf("metrics", "ces", "none") == "ces",
        };
        cursor.RefuseRest();
        return read;
    }

    private static string Region(SettingsCursor cursor)
    {
        const string Expected = "the id of a region: letters, digits, hyphens and underscores, e.g. cn-north-4";
        var region = cursor.Needed("region", Expected);
        if (region.Length > 0 && !RegionShape().IsMatch(region))
        {
            cursor.Fault("region", cursor.Raw("region"), Expected);
        }

        return region;
    }

    private static string? ProjectId(SettingsCursor cursor)
    {
        const string Expected = "the id of a project, 32 hexadecimal digits";
        var id = cursor.Text("projectId", Expected);
        if (id is not null && !ProjectShape().IsMatch(id))
        {
            cursor.Fault("projectId", cursor.Raw("projectId"), Expected);
        }

        return id;
    }

    private static Dictionary<string, Uri> Endpoints(SettingsCursor? cursor)
    {
        var read = new Dictionary<string, Uri>();
        if (cursor is null)
        {
            return read;
        }

        foreach (var service in CloudServices.All)
        {
            const string Expected = "an address such as https://ecs.region.cloud.example, without query";
            if (cursor.Text(service, Expected) is not { } text)
            {
                continue;
            }

            if (
                Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.UserInfo.Length == 0
                && uri.Query.Length == 0
                && uri.Fragment.Length == 0
            )
            {
                read[service] = uri;
            }
            else
            {
                cursor.Fault(service, cursor.Raw(service), Expected);
            }
        }

        cursor.RefuseRest();
        return read;
    }

    private static AddressSettings Address(SettingsCursor? cursor)
    {
        if (cursor is null)
        {
            return new AddressSettings();
        }

        var read = new AddressSettings
        {
            Type = cursor.Text("type", "a kind of line, e.g. 5_bgp") ?? "5_bgp",
            ShareType = cursor.OneOf("shareType", "PER", "WHOLE"),
            ChargeMode = cursor.OneOf("chargeMode", "bandwidth", "traffic"),
            BandwidthId = cursor.Text("bandwidthId", "the id of the shared bandwidth"),
        };
        if (read.ShareType == "WHOLE" != read.BandwidthId is not null)
        {
            cursor.Fault(
                "bandwidthId",
                cursor.Raw("bandwidthId"),
                "the id of the shared bandwidth with shareType WHOLE, and none with PER"
            );
        }

        cursor.RefuseRest();
        return read;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionShape();

    [GeneratedRegex("^[0-9a-fA-F]{32}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectShape();
}
