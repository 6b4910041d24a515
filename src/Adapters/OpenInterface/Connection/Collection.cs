using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>What one kind of thing is, for the checks of every answer.</summary>
/// <param name="Kind">Its collection, which is its service too.</param>
/// <param name="What">One of it, in words.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Key">The key it was made under.</param>
/// <param name="Check">Whether it fits the contract.</param>
internal sealed record Form<T>(
    string Kind,
    string What,
    Func<T, NativeId> Id,
    Func<T, OperationKey?> Key,
    Action<T> Check
);

/// <summary>The calls that all collections share. No answer is believed before it fits what was asked.</summary>
internal sealed class Collection<T, TSpec>(ProviderDoor door, Form<T> form)
    where T : class
{
    public async Task<T> CreateAsync(TSpec spec, OperationKey key, CancellationToken token)
    {
        var api = await ApiAsync(token);
        var made = Answers.Read<T>(await api.CreateAsync(form.Kind, key.Value, Answers.Write(spec), token));
        form.Check(made);
        Fit.Same(key, form.Key(made), form.What);
        return made;
    }

    public async Task<T?> FindAsync(OperationKey key, CancellationToken token)
    {
        var api = await ApiAsync(token);
        var page = Answers.Read<PageOf<T>>(await api.FindAsync(form.Kind, key.Value, token));
        Fit.Unless(
            page.Items.Count <= 1 && page.Next is null,
            $"key '{key}' has {page.Items.Count} {form.Kind}; one key makes one thing"
        );
        foreach (var found in page.Items)
        {
            form.Check(found);
            Fit.Same(key, form.Key(found), form.What);
            return found;
        }

        return null;
    }

    public async Task<T> GetAsync(NativeId id, CancellationToken token)
    {
        var api = await ApiAsync(token);
        var shown = Answers.Read<T>(await api.GetAsync(form.Kind, id.Value, token));
        form.Check(shown);
        Fit.Same(id, form.Id(shown), form.What);
        return shown;
    }

    public async Task DeleteAsync(NativeId id, CancellationToken token)
    {
        var api = await door.ClientAsync<IActionApi>(form.Kind, token);
        await Gone.IsSuccessAsync(api.DeleteAsync(form.Kind, id.Value, token));
    }

    /// <summary>Does something to one thing.</summary>
    public async Task ActAsync(
        string service,
        (NativeId Id, string Action) call,
        IReadOnlyDictionary<string, object> body,
        CancellationToken token
    )
    {
        var api = await door.ClientAsync<IActionApi>(service, token);
        await api.ActAsync(form.Kind, call.Id.Value, call.Action, Answers.Write(body), token);
    }

    private Task<ICollectionApi> ApiAsync(CancellationToken token) =>
        door.ClientAsync<ICollectionApi>(form.Kind, token);
}
