using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using CloudManager.Scheduler;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudManager.Journey.Tests;

/// <summary>A job's look and the note of it.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task A_look_that_cannot_be_noted_did_its_work_all_the_same()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", SampleTerms.Servers(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        province.Clock.SetUtcNow(DateTimeOffset.Parse("2026-11-03T09:00:00+08:00"));
        using var run = new RunJob(
            province.Get<IServiceProvider>(),
            province.Get<IBooks>(),
            new NoNotes(),
            province.Clock,
            NullLogger<RunJob>.Instance
        );

        var look = await run.ExecuteAsync(EndTests.Job, CancellationToken.None);

        Assert.Equal(LookOutcome.Done, look.Look.Outcome);
        Assert.Contains((await province.RequestAsync(id)).Deadlines, d => d.Step == "grace");
    }

    private sealed class NoNotes : IJobLooks
    {
        public Task NoteAsync(ITransaction transaction, JobLook look, CancellationToken cancellationToken) =>
            Task.FromException(new InvalidOperationException("the books do not answer"));

        public Task<IReadOnlyList<JobLook>> AllAsync(ITransaction transaction, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<JobLook>>([]);
    }
}
