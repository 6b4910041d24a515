using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

public sealed class HangingFactory : IAdapterFactory
{
    public HangingFactory() => Thread.CurrentThread.Join();

    public string Kind => "HangsAtLoad";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => throw new NotSupportedException();
}
