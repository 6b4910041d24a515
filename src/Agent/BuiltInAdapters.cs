using CloudManager.Adapters.Aws;
using CloudManager.Adapters.Huawei;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Agent;

/// <summary>The adapters an agent can run: those of the platform that speak to a cloud themselves.</summary>
internal static class BuiltInAdapters
{
    public static IReadOnlyList<IAdapterFactory> All =>
        [new MockAdapterFactory(), new OpenStackAdapterFactory(), new HuaweiAdapterFactory(), new AwsAdapterFactory()];
}
