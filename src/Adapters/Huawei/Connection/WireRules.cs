using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.Huawei;

/// <summary>How calls are written and answers read. Huawei's names are in snake case where nothing else is said.</summary>
internal static class WireRules
{
    /// <summary>Members that we do not know are passed over; those that must be there are asked for by name.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullMayBeLeftOut } },
        };

    /// <summary>What the Refit clients of one service follow.</summary>
    public static RefitSettings Settings(string service) =>
        new(new SystemTextJsonContentSerializer(Json))
        {
            // The bytes are signed, so they are known before they are sent.
            Buffered = true,
            DeserializationExceptionFactory = (answer, fault) =>
                ValueTask.FromResult<Exception?>(HuaweiErrors.NotUnderstood(service, answer, fault)),
            TransportExceptionFactory = (call, fault, token) => Unreached(service, call, fault, token),
            // Whatever else Refit might make carries the live call; its signature stays out of it.
            ExceptionRedactor = exception => exception.RequestMessage.Headers.Clear(),
        };

    private static Exception Unreached(
        string service,
        HttpRequestMessage call,
        Exception fault,
        CancellationToken cancellationToken
    ) =>
        fault switch
        {
            AdapterException => fault,
            OperationCanceledException when cancellationToken.IsCancellationRequested => new OperationCanceledException(
                cancellationToken
            ),
            _ => HuaweiErrors.Unreachable(service, call, fault),
        };

    private static void NullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }
}
