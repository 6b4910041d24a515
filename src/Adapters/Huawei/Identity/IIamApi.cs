using Refit;

namespace CloudManager.Adapters.Huawei.Identity;

/// <summary>IAM: https://support.huaweicloud.com/intl/en-us/api-iam/iam_06_0001.html</summary>
internal interface IIamApi
{
    [Get("/v3/projects")]
    Task<ProjectsAnswer> ListProjectsAsync([AliasAs("name")] string name, CancellationToken cancellationToken);
}

/// <summary>Projects of that name: https://support.huaweicloud.com/intl/en-us/api-iam/iam_06_0001.html</summary>
internal sealed record ProjectsAnswer(IReadOnlyList<ProjectBody> Projects);

internal sealed record ProjectBody(string Id, string Name)
{
    public bool? Enabled { get; init; }
}
