using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>
/// Registers a local account. One of an organisation is its officer and nothing else; platform staff (三员) belong to
/// no organisation and have exactly one of the three roles.
/// </summary>
public sealed class RegisterAccount(IAccountStore accounts, IOrganisationStore organisations)
{
    public async Task<Result<Account>> ExecuteAsync(
        ITransaction transaction,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Code("name", account.Name);
        if (account.Organisation is null)
        {
            ExamineStaff(account, check);
        }
        else
        {
            await ExamineOfficerAsync(transaction, account, check, cancellationToken);
        }

        if (!check.IsClean)
        {
            return check.Refusal();
        }

        if (await accounts.FindAsync(transaction, account.Name, cancellationToken) is not null)
        {
            return new Conflict("account.exists", ("账号名已被使用", "an account has this name already"));
        }

        await accounts.SaveAsync(transaction, account, cancellationToken);
        var facts = new { account.Organisation, account.Roles };
        transaction.Record(new("account.register", new("account", account.Name), null, facts));
        return account;
    }

    private static void ExamineStaff(Account account, Check check)
    {
        if (account.Roles is not [Role.Sysadmin or Role.Secadmin or Role.Auditadmin])
        {
            check.Fault(
                "roles",
                string.Join(", ", account.Roles),
                (
                    "sysadmin、secadmin、auditadmin 之一（三员分立）",
                    "one of sysadmin, secadmin and auditadmin: their duties are separate"
                )
            );
        }
    }

    private async Task ExamineOfficerAsync(
        ITransaction transaction,
        Account account,
        Check check,
        CancellationToken cancellationToken
    )
    {
        if (await organisations.FindAsync(transaction, account.Organisation!, cancellationToken) is null)
        {
            check.Fault(
                "organisation",
                account.Organisation,
                ("已登记的单位代码", "the code of a registered organisation"),
                "organisation.notFound"
            );
        }

        if (account.Roles is not [Role.Officer])
        {
            check.Fault(
                "roles",
                string.Join(", ", account.Roles),
                ("单位账号只有 officer", "officer only, for an account of an organisation")
            );
        }
    }
}
