namespace CloudManager.Api.Web;

/// <summary>The example that the interface description shows for an endpoint's body.</summary>
internal sealed record Example(object Body);

/// <summary>Gives endpoints their examples.</summary>
internal static class Examples
{
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder endpoint, object body) =>
        endpoint.WithMetadata(new Example(body));
}
