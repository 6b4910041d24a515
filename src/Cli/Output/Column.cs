namespace CloudManager.Cli.Output;

/// <summary>A column of a table: its heading and what it shows of a row; numbers are set to the right.</summary>
internal sealed record Column<T>(Words Title, Func<T, string> Text, bool Right = false)
{
    public Column(string zh, string en, Func<T, string> text, bool right = false)
        : this(new Words(zh, en), text, right) { }
}
