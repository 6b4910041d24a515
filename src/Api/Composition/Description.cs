using System.Text.Json;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CloudManager.Api.Composition;

/// <summary>The OpenAPI description: who may call what, with examples of the bodies.</summary>
internal static class Description
{
    public static void AddDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddDocumentTransformer(DescribeAsync);
                options.AddOperationTransformer(DescribeAsync);
            }
        );

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "CloudManager 统一云管平台",
            Version = "v1",
            Description =
                "错误为 RFC 9457 problem details，含稳定的 code / errors are problem details with a stable code",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[TokenHandler.Name] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "POST /api/v1/sessions",
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(TokenHandler.Name, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Access>().LastOrDefault() is { } access)
        {
            operation.Description = $"By: {WhoOf(access)}";
        }

        if (
            metadata.OfType<Example>().LastOrDefault() is { } example
            && operation.RequestBody?.Content?.TryGetValue("application/json", out var content) == true
        )
        {
            var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            content.Example = JsonSerializer.SerializeToNode(example.Body, example.Body.GetType(), json);
        }

        return Task.CompletedTask;
    }

    private static string WhoOf(Access access) =>
        access.Public ? "anyone"
        : access.Anyone ? "any account"
        : string.Join(", ", access.Kinds.Select(k => k.ToString()).Concat(access.Roles.Select(r => r.ToString())));
}
