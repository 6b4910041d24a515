using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Refit;

namespace CloudManager.Client;

/// <summary>How calls are written, answers read, and what becomes of those that fail.</summary>
internal static class WireRules
{
    /// <summary>Members that we do not know are passed over, those that must be there are asked for by name.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullMayBeLeftOut } },
        };

    public static RefitSettings Settings() =>
        new(new SystemTextJsonContentSerializer(Json))
        {
            Buffered = true,
            UrlParameterKeyFormatter = new CamelCaseUrlParameterKeyFormatter(),
            ExceptionFactory = async answer => answer.IsSuccessStatusCode ? null : await RefusalOfAsync(answer),
            DeserializationExceptionFactory = (answer, fault) =>
                ValueTask.FromResult<Exception?>(NotUnderstood(answer, fault)),
            TransportExceptionFactory = Unreachable,
            // Whatever else Refit makes carries the live call; its token stays out of it.
            ExceptionRedactor = exception => exception.RequestMessage.Headers.Authorization = null,
        };

    private static void NullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }

    private static async Task<ApiRefusedException> RefusalOfAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            try
            {
                var problem = await answer.Content.ReadFromJsonAsync<Problem>(Json, CancellationToken.None);
                if (problem is not null)
                {
                    return new ApiRefusedException(problem);
                }
            }
            catch (JsonException fault)
            {
                return NotUnderstood(answer, fault);
            }
        }

        return NotUnderstood(answer, fault: null);
    }

    /// <summary>An answer that is not the platform's: another server, or another version of it.</summary>
    private static ApiRefusedException NotUnderstood(HttpResponseMessage answer, Exception? fault)
    {
        var status = (int)answer.StatusCode;
        var call = $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}";
        var reason = fault is null ? "" : $": {fault.Message}";
        return new ApiRefusedException(
            new Problem(
                status,
                "answer.notUnderstood",
                $"无法理解 {call} 的应答（HTTP {status}）{reason}",
                $"the answer to {call} (HTTP {status}) is not what this client understands{reason}"
            )
        );
    }

    private static Exception Unreachable(HttpRequestMessage call, Exception fault, CancellationToken cancellationToken)
    {
        if (fault is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        var reason = fault.InnerException is TimeoutException late ? late.Message : fault.GetBaseException().Message;
        return new ApiUnreachableException(call.RequestUri!, reason);
    }
}
