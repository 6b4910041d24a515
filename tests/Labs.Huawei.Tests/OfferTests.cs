namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Sizes, images and volume types on offer, and images of one's own.</summary>
public sealed class OfferTests
{
    [Fact]
    public async Task A_sizes_cores_are_a_text_and_its_memory_a_number()
    {
        await using var lab = await Lab.StartAsync();

        var all = await lab.GetAsync("/v1/{p}/cloudservers/flavors");
        var inZone = await lab.GetAsync(
            "/v1/{p}/cloudservers/flavors?availability_zone=cn-north-4a&flavor_id=c6.large.2"
        );

        var small = all.Body!["flavors"]!.AsArray().Single(flavor => flavor!["id"]!.ToString() == "s6.small.1")!;
        Assert.Equal("1", small["vcpus"]!.GetValue<string>());
        Assert.Equal(1024, small["ram"]!.GetValue<int>());
        Assert.Equal("sellout", inZone.Text("flavors", "0", "os_extra_specs", "cond:operation:status"));
        Assert.StartsWith(
            "cn-north-4a(sellout),cn-north-4b(normal)",
            inZone.Text("flavors", "0", "os_extra_specs", "cond:operation:az"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Sizes_page_by_their_id()
    {
        await using var lab = await Lab.StartAsync();
        var seen = new List<string>();
        var marker = "";
        string last;
        do
        {
            var page = await lab.GetAsync($"/v1/{{p}}/cloudservers/flavors?limit=5{marker}");
            var ids = page.Body!["flavors"]!.AsArray().Select(flavor => flavor!["id"]!.ToString()).ToList();
            seen.AddRange(ids);
            last = ids.Count > 0 ? ids[^1] : "";
            marker = $"&marker={last}";
        } while (last.Length > 0);

        Assert.Equal(23, seen.Count);
        Assert.Equal(23, seen.Distinct().Count());
    }

    [Fact]
    public async Task Images_filter_by_what_they_are_and_fit()
    {
        await using var lab = await Lab.StartAsync();

        var arm = await lab.GetAsync("/v2/cloudimages?__imagetype=gold&flavor_id=kc1.large.2");
        var windows = await lab.GetAsync("/v2/cloudimages?__os_type=Windows&limit=1");

        Assert.Equal("true", Assert.Single(arm.Body!["images"]!.AsArray())!["__support_arm"]!.ToString());
        Assert.Equal("40", windows.Text("images", "0", "min_disk"));
    }

    [Fact]
    public async Task An_image_of_a_server_comes_by_a_job_and_may_be_deleted_a_public_one_may_not()
    {
        await using var lab = await Lab.StartAsync();
        var server = await lab.ServerAsync("vm");

        var made = await lab.PostAsync("/v2/cloudimages/action", $$"""{"name":"mine","instance_id":"{{server}}"}""");
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/cloudimages/job/{made.Text("job_id")}");
        var id = job.Text("entities", "image_id");
        var mine = await lab.GetAsync("/v2/cloudimages?__imagetype=private");

        Assert.Equal(id, mine.Text("images", "0", "id"));
        Assert.Equal(204, (int)(await lab.SendAsync("DELETE", $"/v2/images/{id}")).Status);
        Assert.Equal(403, (int)(await lab.SendAsync("DELETE", $"/v2/images/{RunningSimulator.Image()}")).Status);
    }

    [Fact]
    public async Task Volume_types_name_their_zones_and_limits_what_is_used()
    {
        await using var lab = await Lab.StartAsync();
        await lab.ServerAsync("vm");

        var types = await lab.GetAsync("/v2/{p}/types");
        var limits = await lab.GetAsync("/v1/{p}/cloudservers/limits");

        Assert.Equal(7, types.Body!["volume_types"]!.AsArray().Count);
        Assert.Contains(
            "cn-north-4b",
            types.Text("volume_types", "0", "extra_specs", "RESKEY:availability_zones"),
            StringComparison.Ordinal
        );
        Assert.Equal("1", limits.Text("absolute", "totalInstancesUsed"));
        Assert.Equal("1024", limits.Text("absolute", "totalRAMUsed"));
    }
}
