namespace CloudManager.Api.Web;

/// <summary>The endpoints of one station.</summary>
internal interface IStation
{
    /// <summary>Adds its routes below /api/v1; each names who may call it.</summary>
    void Map(IEndpointRouteBuilder api);
}
