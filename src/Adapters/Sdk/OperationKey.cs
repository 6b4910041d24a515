using System.Text.RegularExpressions;

namespace CloudManager.Adapters.Sdk;

/// <summary>
/// Operation key: names one intended creation for ever. The adapter stores it on the provider's side (server tag,
/// client token, metadata), so that calling twice with one key creates once and a crash between the call and the
/// platform's commit neither loses nor doubles a resource. A key belongs to a task, never to a try.
/// </summary>
public readonly partial record struct OperationKey
{
    /// <summary>The longest key in characters: what the narrowest of the known clouds stores in a tag.</summary>
    public const int MaxLength = 60;

    /// <summary>Makes a key of 1 to 60 characters, letters, digits and hyphens.</summary>
    /// <exception cref="ArgumentException">The text is empty, longer, or has another character.</exception>
    public OperationKey(string value)
    {
        if (value is null || !Shape().IsMatch(value))
        {
            throw new ArgumentException(
                $"An operation key has 1 to {MaxLength} letters, digits and hyphens; got '{value}'.",
                nameof(value)
            );
        }

        Value = value;
    }

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[A-Za-z0-9-]{1,60}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}

/// <summary>The cloud's own identifier of a server, volume, network or address; opaque to the platform.</summary>
public readonly record struct NativeId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
