namespace CloudManager.Lab.Tests.Support;

/// <summary>One test at a time: some stop parts of the cloud, and all share its processor.</summary>
[CollectionDefinition(Name)]
public sealed class LabCollection
{
    public const string Name = "lab";
}
