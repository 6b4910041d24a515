using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Client;

namespace CloudManager.Cli;

/// <summary>One command under way: what was asked, whom it speaks to, where it writes.</summary>
internal sealed record Call(ParseResult Parsed, CloudManagerClient Api, Screen Screen, Heard Heard, bool Json)
{
    public Language Language => Screen.Language;

    public string Say(string zh, string en) => Screen.Say(zh, en);

    /// <summary>Shows what came: as JSON if that was asked for, else as people read it.</summary>
    public void Show(Action<Screen> forPeople)
    {
        if (Json)
        {
            Screen.Json(Heard.Last);
        }
        else
        {
            forPeople(Screen);
        }
    }
}
