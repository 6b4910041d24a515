using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>What a tenant is told of a taking over, and what is refused.</summary>
internal static class TakeoverWords
{
    public static Notification Delivered(ServiceRequest request) =>
        Tell(
            request,
            "takeover.delivered",
            request.CreatedAt,
            (
                $"云技术保障部门将 {request.Lines.Count} 项资源纳管至系统 {request.System}（{request.Id}），请核对后确认或提出异议；自确认之日起计费",
                $"the technical department took {request.Lines.Count} resources over for {request.System} ({request.Id}); confirm or dispute: they are charged from the day of the confirmation"
            )
        );

    public static Notification LetGo(ServiceRequest request, DateTimeOffset now) =>
        Tell(
            request,
            "takeover.withdrawn",
            now,
            (
                $"云技术保障部门撤回了对系统 {request.System} 的纳管（{request.Id}），未发生费用",
                $"the technical department withdrew the taking over for {request.System} ({request.Id}); nothing is charged"
            )
        );

    public static Forbidden NotTechnical() =>
        new(
            "takeover.notForYou",
            ("纳管由云技术保障部门办理", "the technical department takes resources over (art. 14)")
        );

    public static void Twice(Check check, string path, TakeoverLine line) =>
        check.Fault($"{path}.nativeId", line.NativeId.Value, ("不重复的实例", "a server named once"), "takeover.twice");

    private static Notification Tell(ServiceRequest request, string code, DateTimeOffset at, Bilingual text) =>
        new()
        {
            Organisation = request.Tenant,
            Code = code,
            Subject = new("request", request.Id.ToString()),
            Text = text,
            At = at,
        };
}
