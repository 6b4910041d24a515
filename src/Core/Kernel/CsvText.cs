using System.Text;

namespace CloudManager.Core.Kernel;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Fields">Its fields, blanks around them cut off.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>
/// CSV as RFC 4180 has it: fields between commas, quotes around what holds commas, quotes or line breaks, any line ends, a
/// byte order mark or none. Empty lines are passed over.
/// </summary>
internal sealed class CsvText(string text)
{
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private int _at = text.StartsWith('\ufeff') ? 1 : 0;
    private int _line = 1;

    /// <summary>The line on which a quote is opened and never closed, or closed within a field; null if none.</summary>
    public int? BrokenAt { get; private set; }

    public IEnumerable<CsvRecord> Records()
    {
        while (_at < text.Length && BrokenAt is null)
        {
            var begins = _line;
            ReadRecord();
            if (BrokenAt is null && _fields.Exists(f => f.Length > 0))
            {
                yield return new CsvRecord(begins, [.. _fields]);
            }
        }
    }

    private void ReadRecord()
    {
        _fields.Clear();
        do
        {
            _fields.Add(ReadField());
        } while (BrokenAt is null && Skip(','));

        if (BrokenAt is null && _at < text.Length)
        {
            Skip('\r');
            Skip('\n');
            _line++;
        }
    }

    private string ReadField()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (Skip('"'))
        {
            return ReadQuoted();
        }

        var begins = _at;
        while (_at < text.Length && text[_at] is not (',' or '\r' or '\n'))
        {
            _at++;
        }

        return text[begins.._at].Trim();
    }

    private string ReadQuoted()
    {
        _field.Clear();
        var begins = _line;
        for (; _at < text.Length; _at++)
        {
            if (text[_at] != '"')
            {
                _line += text[_at] == '\n' ? 1 : 0;
                _field.Append(text[_at]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == '"')
            {
                _field.Append('"');
                _at++;
            }
            else
            {
                _at++;
                BrokenAt = IsAtEnd() ? null : _line;
                return _field.ToString().Trim();
            }
        }

        BrokenAt = begins;
        return "";
    }

    /// <summary>After a closing quote only the field's end may come.</summary>
    private bool IsAtEnd()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }

        return _at == text.Length || text[_at] is ',' or '\r' or '\n';
    }

    private bool Skip(char expected)
    {
        var isThere = _at < text.Length && text[_at] == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }
}
