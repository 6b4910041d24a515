namespace CloudManager.Adapters.Aws.Metering;

/// <summary>A metric of a server in CloudWatch.</summary>
/// <param name="Namespace">EC2's own, or that of the CloudWatch agent in the server.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Statistic">What of the slot's values is asked for.</param>
internal sealed record Measure(string Namespace, string Name, string Statistic)
{
    private const string Ec2 = "AWS/EC2";
    private const string Agent = "CWAgent";

    /// <summary>
    /// All that are asked for, in the order of <see cref="UsageGrid.Columns"/>. Names:
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html and
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html
    /// </summary>
    public static readonly IReadOnlyList<Measure> All =
    [
        new(Ec2, "CPUUtilization", "Average"),
        new(Agent, "mem_used_percent", "Average"),
        new(Agent, "disk_used_percent", "Average"),
        new(Ec2, "NetworkIn", "Sum"),
        new(Ec2, "NetworkOut", "Sum"),
    ];
}
