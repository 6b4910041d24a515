namespace CloudManager.Lab.Tests.Support;

/// <summary>Kills the host so often, and stops and starts each API of the cloud so often, in random order and time.</summary>
internal sealed class Chaos(int kills, int stops, Random random)
{
    public Task RunAsync(LastingHost host) => Task.WhenAll(KillAsync(host), StopAsync());

    private async Task KillAsync(LastingHost host)
    {
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(Between(500, 5_000));
            await host.KillAsync();
        }
    }

    private async Task StopAsync()
    {
        for (var round = 0; round < stops; round++)
        {
            var names = Services.Apis.ToArray();
            lock (random)
            {
                random.Shuffle(names);
            }

            foreach (var name in names)
            {
                await Task.Delay(Between(500, 3_000));
                await Services.StopAsync(name);
                await Task.Delay(Between(200, 2_000));
                await Services.StartAsync(name);
            }
        }
    }

    private int Between(int least, int most)
    {
        lock (random)
        {
            return random.Next(least, most);
        }
    }
}
