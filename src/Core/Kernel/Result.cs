namespace CloudManager.Core.Kernel;

/// <summary>The outcome of a use case: a value, or the refusal that says why there is none.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
{
    private readonly T? _value;

    internal Result(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>Why it was refused; null if it was done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Refusal is null;

    /// <summary>The value of what was done.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value =>
        Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}: {Refusal.Detail}");

    /// <summary>Hands the value on, or the refusal.</summary>
    public Result<TNext> Then<TNext>(Func<T, TNext> next) => Refusal is null ? next(_value!) : Refusal;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);

    public bool Equals(Result<T> other) =>
        Equals(Refusal, other.Refusal) && EqualityComparer<T>.Default.Equals(_value, other._value);

    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_value, Refusal);

    public static bool operator ==(Result<T> left, Result<T> right) => left.Equals(right);

    public static bool operator !=(Result<T> left, Result<T> right) => !left.Equals(right);
}

/// <summary>Makes outcomes of interface types, which no conversion takes.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value) => new(value, null);
}

/// <summary>The value of a use case that has nothing to hand back.</summary>
public readonly record struct Done
{
    public static Done Now => default;
}
