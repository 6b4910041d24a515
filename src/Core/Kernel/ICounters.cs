namespace CloudManager.Core.Kernel;

/// <summary>Gives out the numbers of ids: 1, 2, 3 … per name, without gaps that a rolled-back change would leave.</summary>
public interface ICounters
{
    /// <summary>Takes the next <paramref name="count"/> numbers and returns the first.</summary>
    Task<long> TakeAsync(ITransaction transaction, string name, int count, CancellationToken cancellationToken);
}
