using CloudManager.Api.Tests.Support;
using CloudManager.Api.Trust;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Api.Tests.Trust;

public sealed class AccessTests(Host host) : IClassFixture<Host>
{
    private static readonly string[] OpenWithoutSignIn = ["/api/v1/sessions"];

    private IEnumerable<RouteEndpoint> Endpoints =>
        host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_of_the_interface_names_who_may_call_it()
    {
        var endpoints = Endpoints.Where(e => Path(e).StartsWith("/api/v1", StringComparison.Ordinal)).ToList();

        Assert.True(endpoints.Count > 25, $"{endpoints.Count} endpoints");
        Assert.DoesNotContain(endpoints, e => e.Metadata.GetMetadata<Access>() is null);
    }

    [Fact]
    public void Only_signing_in_is_open_without_a_session() =>
        Assert.Equal(
            OpenWithoutSignIn,
            Endpoints
                .Where(e => Path(e).StartsWith("/api/v1", StringComparison.Ordinal))
                .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .Select(Path)
        );

    [Fact]
    public async Task No_endpoint_answers_a_caller_without_session()
    {
        foreach (var endpoint in Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            var path = Path(endpoint).Replace("{id}", "x").Replace("{name}", "x").Replace("{action}", "x");
            var (status, body) = await host.SendAsync(null, new HttpMethod(methods[0]), path);

            Assert.Equal((401, "session.required"), (status, body.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public void An_endpoint_that_names_nobody_is_closed()
    {
        var anybody = new Actor("x", null, [Role.Sysadmin], Origin.Platform);

        Assert.NotNull(AccessGate.Refuse(null, new Caller(anybody, false, "", new DefaultHttpContext())));
        Assert.NotNull(AccessGate.Refuse(new Access(), new Caller(anybody, false, "", new DefaultHttpContext())));
    }

    [Fact]
    public async Task A_refused_attempt_at_a_change_is_an_audit_entry()
    {
        var secadmin = await host.SignInAsync("secadmin");
        var (status, body) = await host.SendAsync(
            secadmin,
            HttpMethod.Post,
            "/api/v1/organisations",
            new
            {
                code = "tenant-x",
                name = "x",
                kind = "tenant",
                region = "430000",
            }
        );
        var (_, audit) = await host.SendAsync(
            await host.SignInAsync("auditadmin"),
            HttpMethod.Get,
            "/api/v1/audit?limit=500"
        );

        Assert.Equal((403, "access.notForYou"), (status, body.GetProperty("code").GetString()));
        Assert.Contains(
            audit.GetProperty("items").EnumerateArray(),
            e =>
                e.GetProperty("account").GetString() == "secadmin"
                && e.GetProperty("outcome").GetString() == "access.notForYou"
                && e.GetProperty("subjectId").GetString() == "/api/v1/organisations"
        );
    }

    private static string Path(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
}
