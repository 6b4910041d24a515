using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>
/// The verifier against signatures that it did not make: Huawei's npm SDK, Huawei's .NET SDK and the example of Huawei's
/// guide.
/// </summary>
public sealed class SignatureTests
{
    private static readonly JsonArray Vectors = JsonNode
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "signing-vectors.json")))!
        .AsArray();

    public static TheoryData<int> All => new(Enumerable.Range(0, Vectors.Count));

    [Fact]
    public void There_are_six_of_them() => Assert.Equal(6, Vectors.Count);

    [Theory, MemberData(nameof(All))]
    public void The_canonical_request_is_the_one_that_was_signed(int number)
    {
        var vector = Vectors[number]!;
        var authorization = Authorization.Parse(Text(vector, "authorization"))!;

        var canonical = Signed.CanonicalRequest(Request(vector, "authorization"), authorization.SignedHeaders);

        Assert.Equal(Text(vector, "canonicalRequest"), canonical);
        Assert.Equal(
            Text(vector, "stringToSign"),
            Signed.StringToSign(canonical, Text(vector["headers"]!, "X-Sdk-Date"))
        );
    }

    [Theory, MemberData(nameof(All))]
    public void The_signature_is_accepted_with_and_without_the_content_type(int number)
    {
        var vector = Vectors[number]!;

        Assert.Null(Verifier(vector).Refusal(Request(vector, "authorization")));
        Assert.Null(Verifier(vector).Refusal(Request(vector, "authorizationWithoutContentType")));
    }

    [Theory, MemberData(nameof(All))]
    public void A_changed_method_path_query_or_secret_is_refused(int number)
    {
        var vector = Vectors[number]!;
        var request = Request(vector, "authorization");
        var more = request.Target + (request.Target.Contains('?') ? "&x=1" : "?x=1");

        Assert.Equal(Wrong, Verifier(vector).Refusal(request with { Method = "PUT" }));
        Assert.Equal(Wrong, Verifier(vector).Refusal(request with { Target = "/v9" + request.Target }));
        Assert.Equal(Wrong, Verifier(vector).Refusal(request with { Target = more }));
        Assert.Equal(Wrong, Verifier(vector, sk: "other").Refusal(request));
    }

    [Theory, MemberData(nameof(All))]
    public void A_changed_signed_header_is_refused(int number)
    {
        var vector = Vectors[number]!;
        var request = Request(vector, "authorization");
        foreach (var name in Authorization.Parse(request.Headers["authorization"])!.SignedHeaders)
        {
            var other = new Dictionary<string, string>(request.Headers) { [name] = request.Headers[name] + "0" };
            Assert.NotNull(Verifier(vector).Refusal(request with { Headers = other }));

            other.Remove(name);
            Assert.NotNull(Verifier(vector).Refusal(request with { Headers = other }));
        }
    }

    [Fact]
    public void A_changed_body_is_refused_unless_its_hash_was_left_out_on_purpose()
    {
        byte[] other = [1, 2, 3];

        Assert.Equal(Wrong, Verifier(Vectors[1]!).Refusal(Request(Vectors[1]!, "authorization") with { Body = other }));
        Assert.Null(Verifier(Vectors[4]!).Refusal(Request(Vectors[4]!, "authorization") with { Body = other }));
    }

    [Theory]
    [InlineData("the server is 15 minutes ahead", 15, true)]
    [InlineData("the server is 15 minutes behind", -15, true)]
    [InlineData("older than the window", 16, false)]
    [InlineData("signed too far in the future", -16, false)]
    public void A_signature_is_good_for_a_quarter_of_an_hour(string because, int minutes, bool good)
    {
        var vector = Vectors[0]!;

        var refusal = Verifier(vector, minutes: minutes).Refusal(Request(vector, "authorization"));

        Assert.True(good == refusal is null, because);
    }

    [Theory]
    [InlineData("no header", null)]
    [InlineData("another algorithm", "AWS4-HMAC-SHA256 Access=A, SignedHeaders=x-sdk-date, Signature=0")]
    [InlineData("a comma after the algorithm", "SDK-HMAC-SHA256, Access=A, SignedHeaders=x-sdk-date, Signature=0")]
    [InlineData("no blanks after the commas", "SDK-HMAC-SHA256 Access=A,SignedHeaders=x-sdk-date,Signature=0")]
    [InlineData("no signature", "SDK-HMAC-SHA256 Access=A, SignedHeaders=x-sdk-date, Signature=")]
    [InlineData(
        "the date is not signed",
        "SDK-HMAC-SHA256 Access=AKEXAMPLE00000000001, SignedHeaders=host, Signature=00"
    )]
    [InlineData(
        "the names are not sorted",
        "SDK-HMAC-SHA256 Access=AKEXAMPLE00000000001, SignedHeaders=x-sdk-date;host, Signature=00"
    )]
    public void A_malformed_authorization_is_refused(string because, string? authorization)
    {
        var vector = Vectors[0]!;
        var request = Request(vector, "authorization");
        var headers = new Dictionary<string, string>(request.Headers);
        headers.Remove("authorization");
        if (authorization is not null)
        {
            headers["authorization"] = authorization;
        }

        var refusal = Verifier(vector).Refusal(request with { Headers = headers });

        Assert.True(refusal is not null and not Wrong, because);
    }

    [Fact]
    public void A_blank_of_the_query_may_come_as_a_plus_as_the_npm_sdk_sends_it()
    {
        var vector = Vectors[0]!;
        var request = Request(vector, "authorization");

        Assert.Contains("%20", request.Target, StringComparison.Ordinal);
        Assert.Null(
            Verifier(vector)
                .Refusal(request with { Target = request.Target.Replace("%20", "+", StringComparison.Ordinal) })
        );
    }

    private const string Wrong = "verify aksk signature fail";

    private static SignatureVerifier Verifier(JsonNode vector, string? sk = null, int minutes = 0)
    {
        var date = DateTimeOffset.ParseExact(
            Text(vector["headers"]!, "X-Sdk-Date"),
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
        var key = new Credential(Text(vector, "ak"), sk ?? Text(vector, "sk"));
        return new SignatureVerifier(
            access => access == key.AccessKey ? key : null,
            new FakeTimeProvider(date.AddMinutes(minutes))
        );
    }

    private static WireRequest Request(JsonNode vector, string authorization)
    {
        var url = new Uri(Text(vector, "url"));
        var query = vector["query"]!
            .AsObject()
            .SelectMany(pair =>
                (pair.Value as JsonArray ?? new JsonArray(pair.Value!.DeepClone())).Select(value =>
                    $"{pair.Key}={Uri.EscapeDataString(value!.ToString())}"
                )
            )
            .ToList();
        var headers = vector["headers"]!
            .AsObject()
            .ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => pair.Value!.ToString());
        headers["host"] = url.Authority;
        headers["authorization"] = Text(vector, authorization);
        return new WireRequest(
            Text(vector, "method"),
            url.AbsolutePath + (query.Count > 0 ? "?" + string.Join('&', query) : ""),
            headers,
            Encoding.UTF8.GetBytes(Text(vector, "body"))
        );
    }

    private static string Text(JsonNode node, string name) => node[name]!.ToString();
}
