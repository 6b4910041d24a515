using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Requests.Steps;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Api.Composition;

/// <summary>Registers the use cases of Core, station by station.</summary>
internal static class CoreServices
{
    /// <summary>Registers them; stores, pools and clocks come from elsewhere.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services) =>
        services
            .AddSingleton(s => new ProvisioningClocks(
                s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<MachineClock>()
            ))
            .AddSingleton<RegisterOrganisation>()
            .AddSingleton<RegisterSystem>()
            .AddSingleton<PublishEdition>()
            .AddSingleton<SignContract>()
            .AddSingleton<SetPoolStatus>()
            .AddRequests()
            .AddWorkOrders();

    private static IServiceCollection AddRequests(this IServiceCollection services) =>
        services
            .AddSingleton<ProcedurePolicy>()
            .AddSingleton<Deadlines>()
            .AddSingleton<ReadOrderingTerms>()
            .AddSingleton<AdjustLines>()
            .AddSingleton<CreateRequest>()
            .AddSingleton<ReviseRequest>()
            .AddSingleton<ActOnRequest>()
            .AddSingleton<IRequestStep, SubmitRequest>()
            .AddSingleton<IRequestStep, ResubmitRequest>()
            .AddSingleton<IRequestStep, ApproveRequest>()
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
            .AddSingleton<IRequestStep, EndTest>()
            .AddSingleton<IRequestStep, ExpireTest>()
            .AddSingleton<IRequestStep, CompleteOrder>()
            .AddSingleton<IRequestStep, FailOrder>();

    private static IServiceCollection AddWorkOrders(this IServiceCollection services) =>
        services
            .AddSingleton<IssueWorkOrder>()
            .AddSingleton<IWorkOrderDesk, WorkOrderDesk>()
            .AddSingleton<EndWorkOrder>()
            .AddSingleton<FulfilByHand>()
            .AddSingleton<IRequestResources, RequestResources>()
            .AddSingleton<IStopServers>(s => new StopServers(
                s.GetRequiredService<IResourceStore>(),
                s.GetRequiredService<IWorkOrderStore>(),
                s.GetRequiredService<ITaskStore>(),
                s.GetRequiredService<ICounters>(),
                (s.GetRequiredService<Installation>(), s.GetRequiredService<MachineClock>())
            ))
            .AddSingleton<FulfilOrder>()
            .AddSingleton<IFulfilment>(s => s.GetRequiredService<FulfilOrder>())
            .AddSingleton<ApplyOutcome>()
            .AddSingleton<ConcludeOrder>()
            .AddSingleton<WorkTask>();
}
