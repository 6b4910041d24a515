using CloudManager.Api.Inventory;
using CloudManager.Api.Metering;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Findings.Policies;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Inventory;
using CloudManager.Core.Inventory.Handed;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Metering.Handed;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Core.Requests;
using CloudManager.Core.Requests.Steps;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Api.Composition;

/// <summary>The use cases of Core, each by name.</summary>
internal static class CoreServices
{
    public static IServiceCollection AddCore(this IServiceCollection services) =>
        services
            .AddRegisters()
            .AddRequests()
            .AddSteps()
            .AddOrders()
            .AddMetering()
            .AddFindings()
            .AddBilling()
            .AddInventory()
            .AddReports();

    private static IServiceCollection AddRegisters(this IServiceCollection services) =>
        services
            .AddSingleton<RegisterOrganisation>()
            .AddSingleton<RegisterAccount>()
            .AddSingleton<RegisterSystem>()
            .AddSingleton<PublishEdition>()
            .AddSingleton<SignContract>()
            .AddSingleton<SetPoolStatus>()
            .AddSingleton<ActivatePool>()
            .AddSingleton<ReopenPool>()
            .AddSingleton<CheckMapping>()
            .AddSingleton<StartConformance>();

    private static IServiceCollection AddRequests(this IServiceCollection services) =>
        services
            .AddSingleton(new ProcedurePolicy())
            .AddSingleton<Deadlines>()
            .AddSingleton<ReadOrderingTerms>()
            .AddSingleton<IStandingResources, StandingResources>()
            .AddSingleton<ExamineLines>()
            .AddSingleton<Announcements>()
            .AddSingleton<CreateRequest>()
            .AddSingleton<ReviseRequest>()
            .AddSingleton<ActOnRequest>()
            .AddSingleton<EndTests>()
            .AddSingleton(s => new WatchDeadlines(
                s.GetRequiredService<IBooks>(),
                s.GetRequiredService<IRequestStore>(),
                s.GetRequiredService<IReminders>(),
                s.GetRequiredService<INotifications>(),
                (s.GetRequiredService<IOrganisationStore>(), s.GetRequiredService<TimeProvider>())
            ));

    private static IServiceCollection AddSteps(this IServiceCollection services) =>
        services
            .AddSingleton<AdjustLines>()
            .AddSingleton<ReadOffers>()
            .AddSingleton<IRequestStep, SubmitRequest>()
            .AddSingleton<IRequestStep, ResubmitRequest>()
            .AddSingleton<IRequestStep, ApproveRequest>()
            .AddSingleton<IRequestStep, ConcurChange>()
            .AddSingleton<IRequestStep, DissentChange>()
            .AddSingleton<IRequestStep, IssueChangeOrder>()
            .AddSingleton<IRequestStep, IssueReclaimOrder>()
            .AddSingleton<IRequestStep, ConfirmBackup>()
            .AddSingleton<IRequestStep, ConfirmCleaned>()
            .AddSingleton<IRequestStep, ConfirmEnd>()
            .AddSingleton<IRequestStep, IssueTestOrder>()
            .AddSingleton<IRequestStep, SubmitTestReport>()
            .AddSingleton<IRequestStep, AdviseLines>()
            .AddSingleton<IRequestStep, FileAdvice>()
            .AddSingleton<IRequestStep, IssueDeliveryOrder>()
            .AddSingleton<IRequestStep, ConfirmDelivery>()
            .AddSingleton<IRequestStep, AgreeCompletion>()
            .AddSingleton<IRequestStep, DisputeDelivery>()
            .AddSingleton<IRequestStep, DecideDispute>()
            .AddSingleton<IRequestStep, WithdrawRequest>()
            .AddSingleton<IRequestStep, ReissueOrder>()
            .AddSingleton<IRequestStep, ChoosePool>()
            .AddSingleton<IRequestStep, AcceptPartial>()
            .AddSingleton<IRequestStep, CompleteOrder>()
            .AddSingleton<IRequestStep, FailOrder>()
            .AddSingleton<IRequestStep, EndTest>()
            .AddSingleton<IRequestStep, ExpireTest>()
            .AddSingleton<IRequestStep, ConfirmTakeover>()
            .AddSingleton<IRequestStep, LetGoTakeover>();

    private static IServiceCollection AddOrders(this IServiceCollection services) =>
        services
            .AddSingleton<IssueWorkOrder>()
            .AddSingleton<TellRemaining>()
            .AddSingleton<IWorkOrderDesk, WorkOrderDesk>()
            .AddSingleton<IReclaimDesk, ReclaimDesk>()
            .AddSingleton<FulfilByHand>()
            .AddSingleton<TaskBooks>()
            .AddSingleton<SettleTask>()
            .AddSingleton<OpenConsole>()
            .AddSingleton<EndWorkOrder>()
            .AddSingleton<ProvisioningClocks>()
            .AddSingleton<WritePlans>()
            .AddSingleton<ChangeResources>()
            .AddSingleton<ReclaimResources>()
            .AddSingleton<IReclaiming>(s => s.GetRequiredService<ReclaimResources>())
            .AddSingleton<StandingWork>()
            .AddSingleton<WorkByHand>()
            .AddSingleton<CompleteTask>()
            .AddSingleton<StopsByHand>()
            .AddSingleton<FulfilOrder>()
            .AddSingleton<IFulfilment>(s => s.GetRequiredService<FulfilOrder>())
            .AddSingleton<IRequestResources, RequestResources>()
            .AddSingleton<IStopServers>(s => new StopServers(
                s.GetRequiredService<IResourceStore>(),
                s.GetRequiredService<IWorkOrderStore>(),
                (s.GetRequiredService<ITaskStore>(), s.GetRequiredService<ICounters>()),
                (s.GetRequiredService<Installation>(), s.GetRequiredService<MachineClock>()),
                s.GetRequiredService<StopsByHand>()
            ))
            .AddSingleton<ConcludeOrder>()
            .AddSingleton<ApplyOutcome>()
            .AddSingleton<WorkTask>();

    private static IServiceCollection AddMetering(this IServiceCollection services) =>
        services
            .AddSingleton<MeteringFigures>()
            .AddSingleton<ICollectionLog, CollectionLog>()
            .AddSingleton<CollectPool>()
            .AddSingleton<CollectSamples>()
            .AddSingleton(new RetentionPolicy())
            .AddSingleton<KeepSamples>()
            .AddSingleton<HandInSamples>()
            .AddSingleton<ReadSeries>()
            .AddSingleton<ReadCollection>()
            .AddSingleton<ReadCoverage>()
            .AddSingleton<ReadUtilisation>()
            .AddSingleton<IUtilisation>(s => s.GetRequiredService<ReadUtilisation>());

    private static IServiceCollection AddBilling(this IServiceCollection services) =>
        services
            .AddSingleton<IServiceIntervals, KeepServiceIntervals>()
            .AddSingleton<ReadTariffs>()
            .AddSingleton<CorrectClosedMonths>()
            .AddSingleton<BillDesk>()
            .AddSingleton<WriteBills>()
            .AddSingleton<TellUnpriced>()
            .AddSingleton<CloseMonth>()
            .AddSingleton<OpenBills>()
            .AddSingleton<IBills, ReadBills>()
            .AddSingleton<ReadExpectedCharges>();

    private static IServiceCollection AddInventory(this IServiceCollection services) =>
        services
            .AddSingleton(new InventoryPolicy())
            .AddSingleton<InventoryDesk>()
            .AddSingleton<SyncTerms>()
            .AddSingleton<CompareBatch>()
            .AddSingleton<ListPool>()
            .AddSingleton<ProveGone>()
            .AddSingleton<SyncPool>()
            .AddSingleton<HandInInventory>()
            .AddSingleton<IInventoryLog, InventoryLog>()
            .AddSingleton<SyncInventory>()
            .AddSingleton<AcceptShrink>()
            .AddSingleton<PoolWatch>()
            .AddSingleton<IPoolWatch>(s => s.GetRequiredService<PoolWatch>())
            .AddSingleton<ReadTakeoverTerms>()
            .AddSingleton<ReadOwner>()
            .AddSingleton<ExamineTakeover>()
            .AddSingleton<TakeoverBooks>()
            .AddSingleton<RegisterTakeover>()
            .AddSingleton<TakeOverServers>()
            .AddSingleton<ImportTakeovers>();

    private static IServiceCollection AddFindings(this IServiceCollection services) =>
        services
            .AddSingleton(new SizingPolicy())
            .AddSingleton<NoteFindings>()
            .AddSingleton<ReadTested>()
            .AddSingleton<ITestUse, AdviseSizes>()
            .AddSingleton<ReadAdvice>()
            .AddSizes()
            .AddJudging();

    /// <summary>Right sizes, plans, forecasts and circulars.</summary>
    private static IServiceCollection AddSizes(this IServiceCollection services) =>
        services
            .AddSingleton<IMonthlyPrices, MonthlyPrices>()
            .AddSingleton<ReadSizeTerms>()
            .AddSingleton<IRightSizes, RightSizes>()
            .AddSingleton<ReadSystemResources>()
            .AddSingleton<ReadSystemPlan>()
            .AddSingleton<ReadOffHours>()
            .AddSingleton<ReadDiskForecasts>()
            .AddSingleton<ReadPoolForecasts>()
            .AddSingleton<MonthCollected>()
            .AddSingleton<CircularBooks>()
            .AddSingleton<ReadCirculars>()
            .AddSingleton<FileCirculars>()
            .AddSingleton<DraftCirculars>()
            .AddSingleton<IssueCircular>();

    private static IServiceCollection AddJudging(this IServiceCollection services) =>
        services
            .AddSingleton<PolicyDesk>()
            .AddSingleton<StartTrial>()
            .AddSingleton(s => new TrialBooks(
                s.GetRequiredService<IBooks>(),
                (s.GetRequiredService<IPolicies>(), s.GetRequiredService<IPolicyStore>()),
                s.GetRequiredService<IRegionStore>(),
                s.GetRequiredService<ISystemStore>(),
                s.GetRequiredService<IJudgedCounts>()
            ))
            .AddSingleton<TryPolicy>()
            .AddSingleton<ReadFindingDays>()
            .AddSingleton<RaiseFinding>()
            .AddSingleton<AdviseVerdicts>()
            .AddSingleton<JudgeServers>()
            .AddSingleton<JudgeThings>()
            .AddSingleton<JudgeSystems>()
            .AddSingleton<Judges>()
            .AddSingleton<JudgingBooks>()
            .AddSingleton<KeepVerdicts>()
            .AddSingleton<JudgePool>()
            .AddSingleton<CollectedPools>()
            .AddSingleton(s => new JudgeUse(
                s.GetRequiredService<JudgingBooks>(),
                s.GetRequiredService<JudgePool>(),
                s.GetRequiredService<KeepVerdicts>(),
                s.GetRequiredService<CollectedPools>(),
                (s.GetRequiredService<IJobPeriods>(), s.GetRequiredService<TimeProvider>())
            ));

    /// <summary>
    /// Built when the job first looks: what they measure and charge with is registered by Metering and Billing.
    /// </summary>
    private static IServiceCollection AddReports(this IServiceCollection services) =>
        services
            .AddSingleton<ReadCapacity>()
            .AddSingleton<ReadNames>()
            .AddSingleton<DescribePools>()
            .AddSingleton<RankUse>()
            .AddSingleton<CountRequests>()
            .AddSingleton<CountChanges>()
            .AddSingleton<FileReport>()
            .AddSingleton(s => new ReadMonthlyReport(
                s.GetRequiredService<IBooks>(),
                new MonthlyParts(
                    ActivatorUtilities.CreateInstance<MeasureMonth>(s),
                    s.GetRequiredService<ReadCapacity>(),
                    s.GetRequiredService<ReadNames>(),
                    s.GetRequiredService<DescribePools>()
                )
                {
                    Rank = s.GetRequiredService<RankUse>(),
                    Requests = s.GetRequiredService<CountRequests>(),
                    Changes = s.GetRequiredService<CountChanges>(),
                    Costs = ActivatorUtilities.CreateInstance<SumCosts>(s),
                },
                s.GetRequiredService<Installation>()
            ))
            .AddSingleton<WriteMonthlyReport>();
}
