using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace CloudManager.Adapters.Mock.Faults;

/// <summary>
/// Decides for every call what hits it: a pure function of the stream, the operation and the how-manieth call of that
/// operation it is, so that a run can be repeated.
/// </summary>
internal sealed class FaultInjector
{
    private readonly FrozenDictionary<string, IReadOnlyList<FaultRule>> _rules;
    private readonly FrozenDictionary<string, StrongBox<long>> _calls;
    private readonly ulong _stream;

    /// <param name="rules">The rules by operation; <c>*</c> serves the operations without rules of their own.</param>
    /// <param name="stream">What all draws follow from.</param>
    public FaultInjector(IReadOnlyDictionary<string, IReadOnlyList<FaultRule>> rules, ulong stream)
    {
        _rules = rules.ToFrozenDictionary();
        _calls = MockOperations.All.ToFrozenDictionary(operation => operation, _ => new StrongBox<long>());
        _stream = stream;
    }

    /// <summary>What hits this call. The first failing rule that hits wins; slowness adds to it.</summary>
    public FaultDraw Draw(string operation)
    {
        if (!_rules.TryGetValue(operation, out var rules) && !_rules.TryGetValue(MockOperations.Any, out rules))
        {
            return default;
        }

        var call = Dice.Roll(_stream ^ Dice.Of(operation), (ulong)Interlocked.Increment(ref _calls[operation].Value));
        FaultKind? failure = null;
        var slow = false;
        for (var index = 0; index < rules.Count; index++)
        {
            var rule = rules[index];
            if (Dice.Unit(Dice.Roll(call, (ulong)index)) >= rule.Probability)
            {
                continue;
            }

            slow |= rule.Kind == FaultKind.Slow;
            failure ??= rule.Kind == FaultKind.Slow ? null : rule.Kind;
        }

        return new FaultDraw(failure, slow);
    }
}
