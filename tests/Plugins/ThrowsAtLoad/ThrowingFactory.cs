using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

public sealed class ThrowingFactory : IAdapterFactory
{
    public ThrowingFactory() => throw new FormatException("token=hunter2");

    public string Kind => "ThrowsAtLoad";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => throw new NotSupportedException();
}
