using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>What a create answered: a job, and often the id of what it will make.</summary>
internal sealed record Begun(string Service, string? Job, string? Id);

/// <summary>
/// A create answers before what it makes can be seen, and some name it only in their job. It is looked for in a few short
/// rounds, far below the time a call may take; later on it is found by its key.
/// </summary>
internal sealed class Appearing(Jobs jobs, TimeProvider machineTime)
{
    private static readonly double[] Seconds = [0.1, 0.2, 0.4, 0.8, 1.5, 3, 5];

    /// <summary>
    /// Looks until the job works on the thing, so that its state shows it from then on; what the job refuses at once comes
    /// up here, as these calls are taken whatever the state of the thing is.
    /// </summary>
    /// <exception cref="AdapterException">The job failed; without a code that says more it is the thing's state.</exception>
    public async Task HasBegunAsync(string service, string job, CancellationToken token)
    {
        foreach (var pause in Seconds)
        {
            var now = await jobs.LookAsync(service, job, token);
            if (now?.Failure is { } failure)
            {
                throw failure.Kind == FailureKind.InvalidRequest
                    ? HuaweiErrors.As(FailureKind.Conflict, failure)
                    : failure;
            }

            if (now is null or { HasBegun: true })
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(pause), machineTime, token);
        }
    }

    /// <param name="begun">What the create answered.</param>
    /// <param name="look">Looks at it by its id; null while it cannot be seen.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <exception cref="AdapterException">The job failed; or <see cref="FailureKind.Unavailable"/>: it cannot be seen yet.</exception>
    public async Task<T> LookAsync<T>(Begun begun, Func<string, Task<T?>> look, CancellationToken token)
        where T : class
    {
        for (var round = 0; ; round++)
        {
            var job = begun.Job is { } id ? await jobs.LookAsync(begun.Service, id, token) : null;
            if (job?.Failure is { } failure)
            {
                throw failure;
            }

            if ((begun.Id ?? job?.Thing) is { } thing && await look(thing) is { } seen)
            {
                return seen;
            }

            if (round == Seconds.Length)
            {
                throw new AdapterException(
                    FailureKind.Unavailable,
                    $"{CloudServices.NameOf(begun.Service)} took the order (job {begun.Job}), but what it makes "
                        + "cannot be seen yet; it will be found by its key."
                );
            }

            await Task.Delay(TimeSpan.FromSeconds(Seconds[round]), machineTime, token);
        }
    }
}
