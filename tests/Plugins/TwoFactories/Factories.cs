using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

public sealed class FirstFactory : IAdapterFactory
{
    public string Kind => "TwoFactories";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => throw new NotSupportedException();
}

public sealed class SecondFactory : IAdapterFactory
{
    public string Kind => "TwoFactories";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => throw new NotSupportedException();
}
