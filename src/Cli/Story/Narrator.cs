using CloudManager.Cli.Output;

namespace CloudManager.Cli.Story;

/// <summary>Tells the story, a line a step, and keeps what was checked.</summary>
internal sealed class Narrator(Screen screen)
{
    private const int AccountCells = 11;
    private readonly List<Check> _checks = [];
    private int _steps;

    public Screen Screen => screen;

    public bool AllEqual => _checks.TrueForAll(c => c.Holds);

    public void Chapter(string zh, string en) => screen.Heading($"== {zh}", $"== {en}");

    /// <summary>What, who, when in business time, and what came of it.</summary>
    public void Step(string who, DateTimeOffset at, Words what, string outcome)
    {
        _steps++;
        var account = Width.Fill(who, AccountCells, right: false);
        screen.Line($"{_steps, 3}  {Texts.Of(at)}  {account} {what.In(screen.Language)} → {outcome}");
    }

    /// <summary>Something that must hold at the end.</summary>
    public void Check(Words what, string expected, string found)
    {
        var check = new Check(what, expected, found);
        _checks.Add(check);
        screen.Line($"     {Verdict(check)}  {what.In(screen.Language)}: {found}");
    }

    public void Summary()
    {
        screen.Heading("== 核对结果", "== What was checked");
        screen.Table<Check>(
            _checks,
            new("核对", "check", c => c.What.In(screen.Language)),
            new("应为", "expected", c => c.Expected, right: true),
            new("实为", "found", c => c.Found, right: true),
            new("结论", "verdict", Verdict)
        );
    }

    private string Verdict(Check check) => check.Holds ? screen.Say("相符", "equal") : screen.Say("不符", "NOT EQUAL");
}

/// <summary>What was expected beside what was found.</summary>
internal sealed record Check(Words What, string Expected, string Found)
{
    public bool Holds => Expected == Found;
}
