using CloudManager.Api.Web;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Trust;

/// <summary>Where a call came from.</summary>
internal static class Origins
{
    public static Origin Of(HttpContext http, string? account, string? organisation)
    {
        var address = http.Connection.RemoteIpAddress;
        var shown = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return new Origin(account, organisation, shown?.ToString(), Problem.TraceIdOf(http));
    }
}
