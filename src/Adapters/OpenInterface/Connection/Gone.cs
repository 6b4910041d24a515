using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>Deleting what does not exist is success.</summary>
internal static class Gone
{
    public static async Task IsSuccessAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
    }
}
