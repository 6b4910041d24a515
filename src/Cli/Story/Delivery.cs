using CloudManager.Cli.Output;
using CloudManager.Client;
using CloudManager.Client.Requests;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Story;

/// <summary>The second chapter: the delivery on its day and its confirmation (art. 19, 40).</summary>
internal sealed class Delivery(Stage stage)
{
    private const int LargestPage = 500;

    /// <summary>Orders the delivery at an instant and waits for it.</summary>
    public async Task OrderAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await stage.AdvanceAsync(at, cancellationToken);
        var technical = stage.Cast.Technical;
        await stage.ActAsync(technical, (id, "issue-delivery-order"), StepInput.Nothing, cancellationToken);
        await stage.WaitAsync(id, "delivered", cancellationToken);
    }

    /// <summary>The tenant confirms at an instant; what then is in service counts from the day it was completed.</summary>
    public async Task<IReadOnlyList<Resource>> ConfirmAsync(
        string id,
        DateTimeOffset at,
        DateOnly completedOn,
        CancellationToken cancellationToken
    )
    {
        await stage.AdvanceAsync(at, cancellationToken);
        var tenant = stage.Cast.Tenant;
        var request = await stage.ActAsync(tenant, (id, "confirm"), StepInput.Nothing, cancellationToken);
        stage.Narrator.Check(
            new($"{id} 完成日", $"{id} was completed on"),
            Texts.Of(completedOn),
            Texts.Of(request.CompletedOn)
        );
        var resources = await ResourcesAsync(request, cancellationToken);
        var asked = request.Lines.Sum(l => l.Quantity);
        stage.Narrator.Check(
            new($"{id} 投入使用的资源", $"{id} resources in service"),
            Texts.Of(asked),
            Texts.Of(resources.Count)
        );
        return resources;
    }

    private async Task<IReadOnlyList<Resource>> ResourcesAsync(Request request, CancellationToken cancellationToken)
    {
        var found = new List<Resource>();
        var all = AllPages.OfAsync(
            (cursor, token) =>
                stage.Cast.Tenant.Api.Resources.ListAsync(
                    new ResourceQuery
                    {
                        System = request.System,
                        State = "inService",
                        Limit = LargestPage,
                        Cursor = cursor,
                    },
                    token
                ),
            cancellationToken
        );
        await foreach (var resource in all.Where(r => r.Request == request.Id))
        {
            found.Add(resource);
        }

        return found;
    }
}
