using CloudManager.Journey.Tests.Support;

namespace CloudManager.Lab.Tests.Support;

/// <summary>A host that is started again after each kill; a call that a kill cut off is made again.</summary>
internal sealed class LastingHost(LabProject project) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _adapters = project.WriteAdapters(null);
    private volatile HostProcess? _live;

    public string Output => _live?.Output ?? "";

    public async Task StartAsync() => _live = await HostProcess.StartAsync(project.Folder, _adapters, "--demo");

    /// <summary>SIGKILL, and a new process on the same data.</summary>
    public async Task KillAsync()
    {
        await _turn.WaitAsync();
        try
        {
            var old = _live!;
            await old.KillAsync();
            await old.DisposeAsync();
            await StartAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<T> DoAsync<T>(Func<HostProcess, Task<T>> call)
    {
        while (true)
        {
            var live = _live!;
            try
            {
                return await call(live);
            }
            catch (Exception cut) when (cut is HttpRequestException or ObjectDisposedException or TaskCanceledException)
            {
                await Task.Delay(200);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _turn.Dispose();
    }
}
