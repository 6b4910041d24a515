namespace CloudManager.Api.Tests.Support;

/// <summary>Servers of the demonstration province.</summary>
internal static class Servers
{
    /// <summary>A server of tenant-a on mock-a, ordered for a test.</summary>
    public static async Task<string> OneAsync(DemoHost host)
    {
        const string list = "/api/v1/resources?system=a-social-security&limit=1";
        if ((await host.GetAsync("tenant-a", list)).Ids.FirstOrDefault() is { } known)
        {
            return known;
        }

        var id = await Drafts.AddAsync(host, "tenant-a", "a-social-security");
        (string By, string Verb)[] steps =
        [
            ("tenant-a", "submit"),
            ("authority", "accept"),
            ("authority", "approve"),
            ("technical", "issue-test-order"),
        ];
        foreach (var (by, verb) in steps)
        {
            var taken = await host.PostAsync(by, $"{Drafts.Path}/{id}/{verb}", "{}");
            Assert.True(taken.Status == 200, $"{verb}: {taken.Text}");
        }

        return (await host.GetAsync("tenant-a", list)).Ids.First();
    }
}
