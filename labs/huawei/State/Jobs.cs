using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Why a job failed.</summary>
internal sealed record JobFailure(string Code, string Reason);

/// <summary>Work that a call starts and a job reports.</summary>
/// <param name="Type">The job's type.</param>
/// <param name="Entities">What it works on, as the service names it.</param>
internal sealed record Work(string Type, JsonObject Entities)
{
    /// <summary>What happens when it begins to run.</summary>
    public Action? Begins { get; init; }

    /// <summary>What happens at its end; a failure ends the job as FAIL.</summary>
    public Func<JobFailure?> Ends { get; init; } = () => null;

    /// <summary>What happens when it failed.</summary>
    public Action<JobFailure>? Fails { get; init; }
}

/// <summary>An asynchronous job: INIT, RUNNING, then SUCCESS or FAIL; its parts have lives of their own.</summary>
internal sealed class Job(string id, string type, JsonObject entities, DateTimeOffset begin)
{
    private string status = "INIT";
    private DateTimeOffset? end;
    private JobFailure? failure;

    public string Id { get; } = id;

    public IList<Job> Parts { get; } = [];

    public string Status =>
        Parts.Count == 0 ? status
        : Parts.All(part => part.Status == "INIT") ? "INIT"
        : Parts.Any(part => part.Status is "INIT" or "RUNNING") ? "RUNNING"
        : Parts.All(part => part.Status == "SUCCESS") ? "SUCCESS"
        : "FAIL";

    private DateTimeOffset? End => Parts.Count == 0 ? end : Parts.Max(part => part.End);

    private JobFailure? Failure => failure ?? Parts.Select(part => part.Failure).FirstOrDefault(f => f is not null);

    public void Begin() => status = "RUNNING";

    public void Finish(DateTimeOffset at, JobFailure? why) =>
        (end, failure, status) = (at, why, why is null ? "SUCCESS" : "FAIL");

    public JsonObject Render()
    {
        var over = Status is "SUCCESS" or "FAIL";
        var all = (JsonObject)entities.DeepClone();
        if (Parts.Count > 0)
        {
            all["sub_jobs_total"] = Parts.Count;
            all["sub_jobs"] = Json.Array(Parts.Select(part => part.Render()));
        }

        if (Failure is { } f && Parts.Count == 0)
        {
            all["errorcode_message"] = f.Reason;
        }

        return new JsonObject
        {
            ["job_id"] = Id,
            ["job_type"] = type,
            ["status"] = Status,
            ["begin_time"] = Json.Millis(begin),
            ["end_time"] = over ? Json.Millis(End!.Value) : "",
            ["error_code"] = over ? Failure?.Code : null,
            ["fail_reason"] = over ? Failure?.Reason : null,
            ["entities"] = all,
        };
    }
}

/// <summary>Jobs that are to fail, told from outside: so many of a type.</summary>
internal sealed record JobFault(string Type, int Count, JobFailure Failure);

/// <summary>All jobs of all services; finished ones are forgotten a day later.</summary>
internal sealed class Jobs(Timeline timeline, Ids ids, SimulatorOptions options)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly Dictionary<string, Job> jobs = [];
    private readonly List<JobFault> faults = [];

    public int Count => jobs.Count;

    public Job? Find(string id) => jobs.GetValueOrDefault(id);

    public void Clear()
    {
        jobs.Clear();
        faults.Clear();
    }

    public void Fail(JobFault fault) => faults.Add(fault);

    /// <summary>Starts one piece of work.</summary>
    public Job Start(Work work) => Keep(Schedule(work));

    /// <summary>Starts several as parts of one job.</summary>
    public Job Start(string type, IEnumerable<Work> works)
    {
        var job = new Job(ids.NextHex(), type, [], timeline.Now);
        foreach (var work in works)
        {
            job.Parts.Add(Schedule(work));
        }

        return Keep(job);
    }

    private Job Schedule(Work work)
    {
        var job = new Job(ids.NextHex(), work.Type, work.Entities, timeline.Now);
        timeline.After(
            options.JobWait < options.JobTime ? options.JobWait : options.JobTime,
            () =>
            {
                job.Begin();
                work.Begins?.Invoke();
            }
        );
        timeline.After(options.JobTime, () => Finish(job, work));
        return job;
    }

    private void Finish(Job job, Work work)
    {
        var failure = Ordered(work.Type) ?? work.Ends();
        job.Finish(timeline.Now, failure);
        if (failure is not null)
        {
            work.Fails?.Invoke(failure);
        }
    }

    private JobFailure? Ordered(string type)
    {
        var at = faults.FindIndex(fault => fault.Type == type);
        if (at < 0)
        {
            return null;
        }

        var fault = faults[at];
        if (fault.Count > 1)
        {
            faults[at] = fault with { Count = fault.Count - 1 };
        }
        else
        {
            faults.RemoveAt(at);
        }

        return fault.Failure;
    }

    private Job Keep(Job job)
    {
        jobs.Add(job.Id, job);
        timeline.After(options.JobTime + Kept, () => jobs.Remove(job.Id));
        return job;
    }
}
