namespace CloudManager.Labs.Huawei.Wire;

/// <summary>Which service answers, thus what its errors look like.</summary>
internal enum Family
{
    /// <summary>The API gateway, VPC v3, EIP v3, CES v2: <c>error_code</c>, <c>error_msg</c>, <c>request_id</c>.</summary>
    Gateway,

    /// <summary>IAM v3: <c>error{code,message,title}</c> with a number.</summary>
    Iam,

    /// <summary>ECS, EVS, IMS: <c>error{code,message}</c>.</summary>
    Native,

    /// <summary>VPC v1 and EIP v1: <c>code</c>, <c>message</c>.</summary>
    Flat,

    /// <summary>CES V1.0: <c>http_code</c>, <c>message{code,details}</c>.</summary>
    Ces,

    /// <summary>Nova and Cinder paths: one member named after the fault.</summary>
    OpenStack,

    /// <summary>Neutron paths: <c>NeutronError</c>.</summary>
    Neutron,
}

/// <summary>A call refused: status, the service's code, its words.</summary>
#pragma warning disable CA1032, RCS1194 // A fault without its status and code must not exist.
internal sealed class Fault(int status, string code, string message) : Exception(message)
#pragma warning restore CA1032, RCS1194
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
