using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Identity;

/// <summary>The pool's project: named by its id, or looked up once by its name, which is the region's unless one is given.</summary>
internal sealed class ProjectSource(HuaweiSettings settings, HuaweiDoor door) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile string? _known = settings.ProjectId;

    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: no project of that name, or several.</exception>
    public async Task<string> GetAsync(CancellationToken token)
    {
        if (_known is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(token);
        try
        {
            return _known ??= await LookUpAsync(token);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> LookUpAsync(CancellationToken token)
    {
        var name = settings.ProjectName ?? settings.Region;
        var answer = await door.Client<IIamApi>(CloudServices.Iam).ListProjectsAsync(name, token);
        var named = answer.Projects.Where(project => project.Name == name && project.Enabled is not false).ToList();
        return named switch
        {
            [var one] => one.Id,
            [] => throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The account has no project '{name}' that is enabled and that this access key may see: "
                    + "set settings.projectId or settings.projectName."
            ),
            _ => throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The account has {named.Count} projects '{name}' "
                    + $"({string.Join(", ", named.Select(project => project.Id))}): set settings.projectId."
            ),
        };
    }
}
