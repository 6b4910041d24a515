using Amazon.EC2;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>The one way to EC2: every call is made here, and what goes wrong becomes the contract's exception.</summary>
internal sealed class Ec2Door(IAmazonEC2 client, AwsErrors errors, TimeProvider machineTime)
{
    public TimeProvider MachineTime => machineTime;

    /// <summary>Makes the call.</summary>
    /// <param name="action">The action as the API reference names it, for messages.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public async Task<T> AskAsync<T>(string action, Func<IAmazonEC2, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var head = AnswerHead.Begin();
        try
        {
            return await call(client);
        }
#pragma warning disable CA1031 // The SDK throws a dozen types; each becomes the contract's one.
        catch (Exception fault) when (fault is not AdapterException)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw errors.Translate($"EC2 {action}", fault, head);
        }
    }

    /// <summary>Looks at one thing by its identifier, and at nothing else: refused values mean that there is none.</summary>
    public async Task<T?> LookAsync<T>(
        string action,
        Func<IAmazonEC2, Task<T>> call,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return await AskAsync(action, call, cancellationToken);
        }
        catch (AdapterException failure) when (IsUnknown(failure))
        {
            return null;
        }
    }

    /// <summary>A create that names something unknown is wrong; nothing of its own can be gone.</summary>
    public async Task<T> CreateAsync<T>(
        string action,
        Func<IAmazonEC2, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AskAsync(action, call, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw AwsErrors.As(FailureKind.InvalidRequest, failure);
        }
    }

    /// <summary>Removes one thing by its identifier; one that does not exist is success.</summary>
    public async Task RemoveAsync<T>(string action, Func<IAmazonEC2, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(action, call, cancellationToken);
        }
        catch (AdapterException failure) when (IsUnknown(failure))
        {
            // Gone is what was asked for.
        }
    }

    /// <summary>The same for a thing that may be so new that not all of EC2 knows it: that one is not taken for gone.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Throttled"/>: come again when it is seen.</exception>
    public async Task RemoveAsync<T, TMade>(
        string action,
        Func<IAmazonEC2, Task<T>> call,
        (JustMade<TMade> Made, NativeId Id) thing,
        CancellationToken cancellationToken
    )
        where TMade : class
    {
        try
        {
            await AskAsync(action, call, cancellationToken);
        }
        catch (AdapterException failure) when (IsUnknown(failure))
        {
            if (thing.Made.Of(thing.Id) is not null)
            {
                throw AwsErrors.Later(failure);
            }
        }

        thing.Made.Forget(thing.Id);
    }

    private static bool IsUnknown(AdapterException failure) =>
        failure.Kind == FailureKind.NotFound || failure.ProviderCode is "InvalidParameterValue";
}
