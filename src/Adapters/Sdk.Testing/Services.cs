namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>An adapter's services by the names of its members.</summary>
internal static class Services
{
    /// <summary>The first of these services the adapter does not offer; null if it offers all.</summary>
    public static string? Missing(ICloudAdapter adapter, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => Find(adapter, name) is null);

    private static object? Find(ICloudAdapter adapter, string name) =>
        name switch
        {
            nameof(ICloudAdapter.Servers) => adapter.Servers,
            nameof(ICloudAdapter.Power) => adapter.Power,
            nameof(ICloudAdapter.Resizing) => adapter.Resizing,
            nameof(ICloudAdapter.Volumes) => adapter.Volumes,
            nameof(ICloudAdapter.Attachment) => adapter.Attachment,
            nameof(ICloudAdapter.Snapshots) => adapter.Snapshots,
            nameof(ICloudAdapter.Changes) => adapter.Changes,
            nameof(ICloudAdapter.Console) => adapter.Console,
            nameof(ICloudAdapter.Networks) => adapter.Networks,
            nameof(ICloudAdapter.Addresses) => adapter.Addresses,
            nameof(ICloudAdapter.Binding) => adapter.Binding,
            nameof(ICloudAdapter.Offerings) => adapter.Offerings,
            nameof(ICloudAdapter.Inventory) => adapter.Inventory,
            nameof(ICloudAdapter.Usage) => adapter.Usage,
            nameof(ICloudAdapter.Capacity) => adapter.Capacity,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No service of the contract."),
        };
}
