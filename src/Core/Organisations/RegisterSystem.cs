using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>
/// Registers a tenant's information system (art. 3, 4, 32): a classified one and one above protection level 3 are
/// refused; one that does not run on the cloud yet needs its plan or exemption.
/// </summary>
public sealed class RegisterSystem(ISystemStore systems)
{
    public async Task<Result<InformationSystem>> ExecuteAsync(
        ITransaction transaction,
        InformationSystem system,
        bool classified,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(system, classified) is { } refusal)
        {
            return refusal;
        }

        if (await systems.FindAsync(transaction, system.Code, cancellationToken) is not null)
        {
            return new Conflict("system.exists", ("系统代码已被使用", "a system has this code already"));
        }

        await systems.AddAsync(transaction, system, cancellationToken);
        transaction.Record(new("system.register", new("system", system.Code), null, system));
        return system;
    }

    private static Invalid? Refuse(InformationSystem system, bool classified)
    {
        if (classified)
        {
            return new Invalid(
                "system.classified",
                (
                    "涉密信息系统不得使用政务云（第三条）",
                    "a classified system may not use the government cloud (art. 3)"
                )
            )
            {
                Faults = [new("classified", "true", ("false", "false"))],
            };
        }

        var check = new Check();
        check.Code("code", system.Code);
        check.Text("name", system.Name, 100);
        check.Range("protectionLevel", system.ProtectionLevel, 1, 3);
        check.OptionalText("plan", system.Plan, 2000, lines: true);
        if (system.Hosting != Hosting.Cloud && string.IsNullOrWhiteSpace(system.Plan))
        {
            check.Fault(
                "plan",
                system.Plan,
                ("迁移计划或法定豁免依据（第四条）", "the plan to migrate, or the legal exemption (art. 4)")
            );
        }

        return check.IsClean ? null : check.Refusal();
    }
}
