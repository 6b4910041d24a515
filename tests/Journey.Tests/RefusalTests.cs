using System.Text.Json;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>Every step by the wrong party, in the wrong state, or without what it needs is refused and changes nothing (art. 5, 19).</summary>
public sealed class RefusalTests
{
    /// <summary>Every type that a tenant can ask for, in every state.</summary>
    public static TheoryData<RequestType, RequestState> States { get; } =
    [.. Types.SelectMany(t => Enum.GetValues<RequestState>().Select(s => (t, s)))];

    private static IEnumerable<RequestType> Types =>
        [RequestType.Provision, RequestType.Change, RequestType.Deregistration];

    private static readonly Dictionary<Party, OrganisationKind> KindOf = new()
    {
        [Party.Tenant] = OrganisationKind.Tenant,
        [Party.Authority] = OrganisationKind.Authority,
        [Party.Technical] = OrganisationKind.TechnicalDepartment,
        [Party.Provider] = OrganisationKind.Provider,
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Art05_What_the_table_does_not_allow_is_refused_and_changes_nothing(
        RequestType type,
        RequestState state
    )
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var request = await PutIntoAsync(province, (type, state));
        var before = JsonSerializer.Serialize(request);
        var refused = 0;
        foreach (var actor in Everyone(province))
        {
            foreach (var action in Enum.GetValues<RequestAction>().Where(a => !IsAllowed(request, actor, a)))
            {
                var result = await province.ActAsync(actor, request.Id, action);

                Assert.False(result.IsDone, $"{actor.Account} did {action} in {state}");
                Assert.Contains(
                    result.Refusal!.Code,
                    (string[])["request.notFound", "request.wrongParty", "request.wrongState", "request.notConcurred"]
                );
                Assert.Equal(before, JsonSerializer.Serialize(await province.RequestAsync(request.Id)));
                refused++;
            }
        }

        Assert.True(refused > 150, $"only {refused} combinations were tried");
    }

    [Fact]
    public async Task Art19_Steps_that_need_an_opinion_a_summary_or_lines_are_refused_without()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var needing = Types
            .SelectMany(type => Transitions.Of(type)!.Select(row => (Type: type, Row: row)))
            .Where(t => Needs(t.Row.Takes) is not null && t.Row.By != Party.Platform)
            .ToList();
        Assert.True(needing.Count >= 16);
        foreach (var (type, row) in needing)
        {
            var request = await PutIntoAsync(province, (type, row.From), row.When);
            var actor = Everyone(province).First(a => a.Organisation!.Kind == KindOf[row.By]);

            var result = await province.ActAsync(actor, request.Id, row.Action);

            Assert.Equal(Needs(row.Takes), result.Refusal?.Code);
            Assert.Equal(request.Version, (await province.RequestAsync(request.Id)).Version);
        }
    }

    [Fact]
    public async Task A_step_refuses_what_it_does_not_use()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var request = await PutIntoAsync(province, (RequestType.Provision, RequestState.Submitted));

        var result = await province.ActAsync(
            province.Authority,
            request.Id,
            RequestAction.Accept,
            new() { CompletedOn = new DateOnly(2026, 10, 1) }
        );

        Assert.Equal("request.fieldNotUsed", result.Refusal?.Code);
        Assert.Equal("completedOn", result.Refusal!.Faults[0].Path);
    }

    [Fact]
    public async Task Art14_Another_regions_authority_neither_sees_nor_decides()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var request = await PutIntoAsync(province, (RequestType.Provision, RequestState.Submitted));
        var organisation = new Organisation("changsha", "长沙市", OrganisationKind.Authority, "430100");
        var municipal = province.Authority with { Organisation = organisation, SeesAllRegions = false };

        Assert.Equal(
            "request.notFound",
            (await province.ActAsync(municipal, request.Id, RequestAction.Accept)).Refusal?.Code
        );
        Assert.Equal(
            "request.wrongRegion",
            (await province.ActAsync(municipal with { SeesAllRegions = true }, request.Id, RequestAction.Accept))
                .Refusal
                ?.Code
        );
    }

    [Fact]
    public async Task A_step_on_a_version_that_is_no_more_is_refused()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var request = await PutIntoAsync(province, (RequestType.Provision, RequestState.Submitted));

        var result = await province.ChangeAsync(
            "request.accept",
            (transaction, token) =>
                province
                    .Get<ActOnRequest>()
                    .ExecuteAsync(
                        transaction,
                        province.Authority,
                        (request.Id, request.Version - 1),
                        (RequestAction.Accept, ActionInput.Nothing),
                        token
                    )
        );

        Assert.Equal("request.changedMeanwhile", result.Refusal?.Code);
    }

    private static string? Needs(Input takes) =>
        takes.HasFlag(Input.OpinionRequired) ? "request.opinionRequired"
        : takes.HasFlag(Input.Summary) ? "request.summaryRequired"
        : takes.HasFlag(Input.LinesRequired) ? "request.linesRequired"
        : takes.HasFlag(Input.PoolRequired) ? "request.poolRequired"
        : null;

    /// <summary>Read off the table here, not through the code that refuses.</summary>
    private static bool IsAllowed(ServiceRequest request, Actor actor, RequestAction action) =>
        Transitions
            .Of(request.Type)!
            .Any(t =>
                t.From == request.State
                && t.Action == action
                // Freshly put there, nobody has confirmed a clean-up yet.
                && t.When is Guard.Always or Guard.NotCleaned
                && KindOf.TryGetValue(t.By, out var kind)
                && kind == actor.Organisation!.Kind
                && actor.Organisation.Code is not ("tenant-b" or "provider-b")
            );

    private static IEnumerable<Actor> Everyone(Province province)
    {
        yield return province.Tenant;
        yield return province.OtherTenant;
        yield return province.Authority;
        yield return province.Technical;
        yield return province.ProviderA;
        yield return province.ProviderB;
        foreach (
            var kind in (OrganisationKind[])
                [OrganisationKind.ServiceAgency, OrganisationKind.Finance, OrganisationKind.Audit]
        )
        {
            var organisation = new Organisation(kind.ToString(), kind.ToString(), kind, "430000");
            yield return province.Tenant with
            {
                Account = kind.ToString(),
                Organisation = organisation,
            };
        }
    }

    private static async Task<ServiceRequest> PutIntoAsync(
        Province province,
        (RequestType Type, RequestState State) into,
        Guard guard = Guard.Always
    )
    {
        var created = await province.CreateAsync("mock-a", Servers(1));
        Assert.True(created.IsDone);
        var put = created.Value with
        {
            Id = new(created.Value.Id.Number + 1_000),
            Type = into.Type,
            State = into.State,
            Version = 2,
            Concurred = guard == Guard.Concurred ? true : null,
            Order = guard == Guard.OrderFailed ? OrderStanding.Failed : OrderStanding.None,
            Disputed = guard == Guard.DeliveryDisputed,
            ProposedCompletion = guard == Guard.CompletionProposed ? new DateOnly(2026, 9, 30) : null,
        };
        var saved = await province.ChangeAsync<ServiceRequest>(
            "test.put",
            async (transaction, token) =>
            {
                await province.Get<IRequestStore>().AddAsync(transaction, put, token);
                return put;
            }
        );
        return await province.RequestAsync(saved.Value.Id);
    }
}
