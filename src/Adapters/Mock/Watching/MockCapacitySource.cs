using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Watching;

internal sealed class MockCapacitySource(MockCalls calls, MockCapacity capacity) : ICapacitySource
{
    public Task<PoolCapacity> GetAsync(CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.GetCapacity,
            tables => new PoolCapacity(
                capacity.Vcpus,
                tables.Taken.Vcpus,
                capacity.MemoryGiB,
                tables.Taken.MemoryGiB,
                capacity.StorageGiB,
                tables.Taken.StorageGiB
            ),
            cancellationToken
        );
}
