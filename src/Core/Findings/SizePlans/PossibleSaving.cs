using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>What one system could save (可节省金额, art. 22), by its plan over the window that ended with the last month.</summary>
public sealed record PossibleSaving
{
    /// <summary>The system's code.</summary>
    public required string System { get; init; }

    /// <summary>The tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenant's region.</summary>
    public required string Region { get; init; }

    /// <summary>The day after the last that was looked at.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Yuan a month.</summary>
    public required decimal Saving { get; init; }

    /// <summary>The fewest changes that reach nine tenths of it.</summary>
    public required int Enough { get; init; }

    /// <summary>How many changes there are in all.</summary>
    public required int Changes { get; init; }

    /// <summary>Of how many servers nothing is said.</summary>
    public required int LeftOut { get; init; }
}

/// <summary>Whose possible savings are listed; null members do not filter.</summary>
public sealed record SavingFilter(string? Region, string? Tenant);

/// <summary>Possible savings in the books.</summary>
public interface IPossibleSavings
{
    /// <summary>Forgets all there were and keeps these.</summary>
    Task ReplaceAsync(
        ITransaction transaction,
        IReadOnlyList<PossibleSaving> savings,
        CancellationToken cancellationToken
    );

    /// <summary>The largest first; alike ones in order of system.</summary>
    Task<Page<PossibleSaving>> ListAsync(
        ITransaction transaction,
        SavingFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}
