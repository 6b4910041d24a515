using System.Text.Json;
using CloudManager.Adapters.Hosting.Declaration;

namespace CloudManager.Adapters.Hosting.Secrets;

/// <summary>Finds literal secrets and references that lead nowhere in a pool's settings.</summary>
internal sealed class SecretScan(string folder, List<AdaptersFault> faults)
{
    private const string Hidden = "***";

    /// <summary>Adds a fault for each.</summary>
    /// <param name="value">What to look through.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="isSecret">Whether it stands under a member that holds a secret.</param>
    public void Run(JsonElement value, string path, bool isSecret)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    var inner = isSecret || SecretNames.IsSecret(member.Name);
                    Run(member.Value, JsonPath.Member(path, member.Name), inner);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Run(item, $"{path}[{index}]", isSecret);
                }

                break;
            case JsonValueKind.String:
                CheckText(value.GetString()!, path, isSecret);
                break;
            case JsonValueKind.Number when isSecret:
                faults.Add(new AdaptersFault(path, Hidden, $"a reference to the secret: {SecretReference.Forms}"));
                break;
        }
    }

    private void CheckText(string text, string path, bool isSecret)
    {
        if (SecretReference.In(text)?.From(folder) is { } reference)
        {
            reference.Read(out var expected);
            if (expected is not null)
            {
                faults.Add(new AdaptersFault(path, text, expected));
            }
        }
        else if (isSecret)
        {
            faults.Add(new AdaptersFault(path, Hidden, $"a reference to the secret: {SecretReference.Forms}"));
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':'))
        {
            faults.Add(new AdaptersFault(path, Hidden, "an address without a password in it"));
        }
    }
}
