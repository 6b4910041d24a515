using CloudManager.Core.Calendar;
using CloudManager.Core.Kernel;

// Violations made on purpose: the rules are tried on them.
#pragma warning disable MA0047, CA1812, CA1852, CA1068, MA0040
namespace CloudManager.Architecture.Tests.Crafted
{
    internal sealed class OpensFiles
    {
        public static Func<string, Task<string>> Reader => async path => await File.ReadAllTextAsync(path);
    }

    internal sealed class TakesMachineTime
    {
        public static IEnumerable<DateTimeOffset> Instants(MachineClock clock)
        {
            yield return clock.Now;
        }
    }

    internal sealed class TakesBusinessTime(TimeProvider time)
    {
        public DateTimeOffset Now => time.GetUtcNow();
    }

    internal sealed class ThingManager;

    internal interface IWide
    {
        int One { get; }
        int Two { get; }
        void Three();
        void Four();
        void Five();
        void Six();
    }

    internal sealed class Asynchronous : IAsyncDisposable
    {
        public static Task Save(CancellationToken token) => Task.Delay(0, token);

        public static async Task SaveAsync(CancellationToken token, int times) => await Task.Delay(times, token);

        public static Task LoadAsync(CancellationToken token = default) => Task.Delay(0, token);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

namespace CloudManager.Core.Kernel.Crafted
{
    internal sealed class UsesAStation
    {
        public static async Task<bool> IsOffAsync(DateOnly day)
        {
            await Task.Yield();
            return new List<DateOnly> { day }.Exists(each => !new WorkingDays([]).IsWorkingDay(each));
        }
    }
}
