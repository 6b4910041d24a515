using System.Net;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay;

/// <summary>Reads a pool's settings and notes every fault with its path.</summary>
internal sealed class RelaySettingsReader(List<SettingFault> faults)
{
    private const string Secret = "the agent's key as a reference, of at least 24 characters; or sha256 in its place";
    private const string Sha256 = "a SHA-256 in 64 hexadecimal digits";
    private const int ShortestKey = 24;

    /// <param name="settings">The pool's settings.</param>
    /// <param name="resolved">Whether secrets stand in place of their references.</param>
    public RelaySettings Read(JsonElement settings, bool resolved)
    {
        string[] known = ["keys", "certificates", "forwardedCertificate", "queue", "takeSeconds", "answerSeconds"];
        RefuseOthers(settings, "", known);
        List<Credential> credentials =
        [
            .. Items(settings, "keys").Select(it => Key(it.Value, it.Path, resolved)).OfType<Credential>(),
            .. Items(settings, "certificates").Select(it => Certificate(it.Value, it.Path)).OfType<Credential>(),
        ];
        if (credentials.Count == 0 && faults.Count == 0)
        {
            Fault("keys", null, "at least one key or certificate that an agent may come with");
        }

        var read = new RelaySettings
        {
            Credentials = credentials,
            Forwarded = Forwarded(settings),
            Queue = Whole(settings, "queue", 10_000, 1000),
            TakeWithin = TimeSpan.FromSeconds(Whole(settings, "takeSeconds", 600, 20)),
            AnswerWithin = TimeSpan.FromSeconds(Whole(settings, "answerSeconds", 600, 50)),
        };
        if (read.TakeWithin > read.AnswerWithin)
        {
            Fault("takeSeconds", null, "at most answerSeconds");
        }

        return read;
    }

    private Credential? Key(JsonElement key, string path, bool resolved)
    {
        RefuseOthers(key, path, ["name", "secret", "sha256"]);
        var name = Text(key, path, "name", "a name people know the key by");
        if (key.TryGetProperty("sha256", out _) == key.TryGetProperty("secret", out _))
        {
            Fault($"{path}.secret", null, Secret);
            return null;
        }

        if (key.TryGetProperty("sha256", out _))
        {
            return Hash(key, path) is { } hash && name is not null ? new Credential(name, hash, false) : null;
        }

        var secret = Text(key, path, "secret", Secret);
        if (resolved && secret is { Length: < ShortestKey })
        {
            Fault($"{path}.secret", null, Secret);
            return null;
        }

        return name is null || secret is null ? null : new Credential(name, Credential.HashOf(secret), false);
    }

    private Credential? Certificate(JsonElement certificate, string path)
    {
        RefuseOthers(certificate, path, ["name", "sha256"]);
        var name = Text(certificate, path, "name", "a name people know the certificate by");
        return Hash(certificate, path) is { } hash && name is not null ? new Credential(name, hash, true) : null;
    }

    private byte[]? Hash(JsonElement holder, string path)
    {
        if (Text(holder, path, "sha256", Sha256) is not { } text)
        {
            return null;
        }

        var plain = text.Replace(":", "", StringComparison.Ordinal);
        if (plain.Length == 64 && plain.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(plain);
        }

        Fault($"{path}.sha256", holder.GetProperty("sha256"), Sha256);
        return null;
    }

    private ForwardedCertificate? Forwarded(JsonElement settings)
    {
        if (!settings.TryGetProperty("forwardedCertificate", out var forwarded))
        {
            return null;
        }

        const string path = "forwardedCertificate";
        if (forwarded.ValueKind != JsonValueKind.Object)
        {
            Fault(path, forwarded, "an object with header and from");
            return null;
        }

        RefuseOthers(forwarded, path, ["header", "from"]);
        var header = Text(forwarded, path, "header", "the name of the header, e.g. X-Client-Cert");
        List<IPAddress> from = [];
        foreach (var (item, at) in Texts(forwarded, path, "from"))
        {
            if (IPAddress.TryParse(item, out var address))
            {
                from.Add(address);
            }
            else
            {
                Fault(at, null, "the address of the proxy, e.g. 10.0.0.5");
            }
        }

        if (from.Count == 0)
        {
            Fault($"{path}.from", null, "the addresses of the proxy: nobody else's header is believed");
        }

        return header is null ? null : new ForwardedCertificate(header, from);
    }

    private IEnumerable<(JsonElement Value, string Path)> Items(JsonElement settings, string name)
    {
        if (!settings.TryGetProperty(name, out var list))
        {
            yield break;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Fault(name, list, "a list of objects");
            yield break;
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return (item, $"{name}[{index}]");
            }
            else
            {
                Fault($"{name}[{index}]", null, "an object");
            }
        }
    }

    private static IEnumerable<(string Item, string Path)> Texts(JsonElement holder, string path, string name) =>
        holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Index().Select(it => (it.Item.ToString(), $"{path}.{name}[{it.Index}]"))
            : [];

    private string? Text(JsonElement holder, string path, string name, string expected)
    {
        var has = holder.TryGetProperty(name, out var value);
        if (has && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 4000 } text)
        {
            return text;
        }

        Fault($"{path}.{name}", null, expected);
        return null;
    }

    private int Whole(JsonElement settings, string name, int most, int fallback)
    {
        if (!settings.TryGetProperty(name, out var value))
        {
            return fallback;
        }

        var isWhole = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _);
        if (isWhole && value.GetInt32() >= 1 && value.GetInt32() <= most)
        {
            return value.GetInt32();
        }

        Fault(name, value, $"a whole number from 1 to {most}");
        return fallback;
    }

    private void RefuseOthers(JsonElement holder, string path, string[] known)
    {
        foreach (var member in holder.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            Fault(at, member.Value, $"no such member; known are {string.Join(", ", known)}");
        }
    }

    private void Fault(string path, JsonElement? value, string expected) =>
        faults.Add(new SettingFault(path, value?.GetRawText(), expected));
}
