namespace CloudManager.Adapters.Huawei.Signing;

/// <summary>Signs calls. Which one does is a setting: private editions sign otherwise than the public cloud.</summary>
internal interface IRequestSigner
{
    /// <summary>The value of the call's Authorization header.</summary>
    string Authorize(SigningRequest request);
}

/// <summary>What a signature covers.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Address">The address as it goes on the wire.</param>
/// <param name="Headers">The headers to sign, <c>host</c> and <c>x-sdk-date</c> among them, names in lower case.</param>
/// <param name="Body">The bytes as they are sent; none is empty.</param>
internal sealed record SigningRequest(
    string Method,
    Uri Address,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>The instant of the call, <c>yyyyMMddTHHmmssZ</c>.</summary>
    public string Date => Headers["x-sdk-date"];
}

/// <summary>Who calls.</summary>
/// <param name="AccessKey">The AK, which goes with every call.</param>
/// <param name="SecretKey">The SK, which never does.</param>
/// <param name="SecurityToken">What goes with a temporary AK/SK; null for a lasting one.</param>
internal sealed record AccessKeys(string AccessKey, string SecretKey, string? SecurityToken);
