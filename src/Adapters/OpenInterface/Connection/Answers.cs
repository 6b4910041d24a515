using System.Text.Json;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>Reads the contract's records from answers, and writes them into calls.</summary>
internal static class Answers
{
    /// <exception cref="AdapterException">It is not what the contract says.</exception>
    public static T Read<T>(JsonElement answer)
        where T : class
    {
        try
        {
            return answer.Deserialize<T>(OpenWire.Json) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new AdapterException(
                FailureKind.Unavailable,
                $"The open interface's answer does not fit the contract: {OpenErrors.Place(fault)}"
            )
            {
                ProviderCode = Fit.Code,
            };
        }
    }

    public static JsonElement Write<T>(T content) => JsonSerializer.SerializeToElement(content, OpenWire.Json);
}
