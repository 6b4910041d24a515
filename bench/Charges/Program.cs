using CloudManager.Bench.Charges;

// A month's charges for so many resources through the job that closes it, beside the bare SQL aggregation of the same
// tables in the same run.
int[] sizes = args.Length == 0 ? [1_000, 10_000, 100_000, 1_000_000] : [.. args.Select(int.Parse)];
Console.WriteLine(
    "resources | seconds (processor) | resources/s | bare SQL seconds (processor) | ratio | GC heap MiB | working set MiB | books MiB"
);
foreach (var size in sizes)
{
    await using var books = await SeededBooks.OpenAsync(size);
    var bare = await books.AggregateAsync();
    var closed = await books.CloseAsync();
    if (closed.Lines != bare.Lines || Math.Abs(closed.Fen - bare.Fen) > bare.Lines / 1_000)
    {
        Console.Error.WriteLine($"the bills say {closed}, the bare aggregation {bare}");
        return 1;
    }

    Console.WriteLine(
        string.Join(
            " | ",
            $"{size:N0}",
            $"{closed.Seconds.Wall:F2} ({closed.Seconds.Cpu:F2})",
            $"{size / closed.Seconds.Wall:N0}",
            $"{bare.Seconds.Wall:F2} ({bare.Seconds.Cpu:F2})",
            $"{bare.Seconds.Wall / closed.Seconds.Wall:F2}",
            $"{closed.HeapMiB:F0}",
            $"{closed.WorkingSetMiB:F0}",
            $"{books.SizeMiB:F0}"
        )
    );
}

return 0;
