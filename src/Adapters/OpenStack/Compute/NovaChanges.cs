using System.Globalization;
using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>Servers that changed, deleted ones included until Nova's operator archives them.</summary>
internal sealed class NovaChanges(Nova nova) : IServerChanges
{
    public async IAsyncEnumerable<ServerChange> ListAsync(
        DateTimeOffset since,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var instant = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await foreach (var server in nova.ListAsync(new ServerQuery { ChangesSince = instant }, cancellationToken))
        {
            yield return new ServerChange(new NativeId(server.Id), ServerView.Of(server));
        }
    }
}
