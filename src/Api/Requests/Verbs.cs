using System.Collections.Frozen;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>The verbs that a party can take by a call, in kebab-case as they stand in paths.</summary>
internal static class Verbs
{
    private static readonly FrozenDictionary<string, RequestAction> Known = Enum.GetValues<RequestAction>()
        .Where(IsReachable)
        .ToFrozenDictionary(Words.Kebab);

    /// <summary>Creating and revising have paths of their own; the platform's own steps have none.</summary>
    public static bool IsReachable(RequestAction action) =>
        action
            is not (
                RequestAction.Create
                or RequestAction.Revise
                or RequestAction.CompleteOrder
                or RequestAction.FailOrder
                or RequestAction.EndTest
                or RequestAction.Expire
            );

    public static bool TryFind(string word, out RequestAction action) => Known.TryGetValue(word, out action);
}
