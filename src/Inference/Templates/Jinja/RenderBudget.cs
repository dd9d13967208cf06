using System.Runtime.CompilerServices;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>What one rendering may use up. A template comes with a model file from anywhere, so each of its steps is paid for. One thread.</summary>
/// <param name="inputCharacters">Characters of the messages and tools: a long conversation may cost more than a short one.</param>
internal sealed class RenderBudget(long inputCharacters)
{
    /// <summary>Expressions and statements inside each other, macros called by macros, and lists in lists.</summary>
    public const int Depth = 400;

    private const int Element = 8;

    /// <summary>Characters that are compared in the time in which one is made.</summary>
    private const int Compared = 256;

    private readonly long _steps = 1_000_000 + inputCharacters;
    private readonly long _work = 16_000_000 + (64 * inputCharacters);
    private readonly long _output = 1_000_000 + (16 * inputCharacters);
    private long _stepsDone;
    private long _workDone;
    private int _depth;

    /// <summary>Begins something that may hold others of its kind; <see cref="Leave"/> ends it.</summary>
    public void Enter()
    {
        if (++_depth > Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new BoundException($"it goes more than {Depth} levels deep");
        }

        if (++_stepsDone > _steps)
        {
            throw new BoundException($"it takes more than {_steps} steps");
        }
    }

    public void Leave() => _depth--;

    /// <summary>Pays for characters before they are made or compared.</summary>
    public void Characters(long count)
    {
        _workDone += count;
        if (_workDone > _work)
        {
            throw new BoundException("it makes too much text or too many values");
        }
    }

    /// <summary>Pays for elements of lists and dictionaries before they are made.</summary>
    public void Elements(long count) => Characters(count > long.MaxValue / Element ? long.MaxValue / 2 : count * Element);

    /// <summary>Pays for looking for one text in another, which at worst compares every character of the one with every character of the other.</summary>
    public void Search(long length, long wanted) => Characters(length + (length * wanted / Compared));

    /// <summary>Pays for finding a key in a dictionary.</summary>
    public void Key(Value key)
    {
        switch (key)
        {
            case Text text:
                Characters(text.Plain.Length);
                break;
            case Sequence sequence:
                Elements(sequence.Items.Count);
                sequence.Items.ForEach(item => Characters((item as Text)?.Plain.Length ?? 1));
                break;
        }
    }

    /// <summary>Checks the length of what has been written so far.</summary>
    public void Output(int length)
    {
        if (length > _output)
        {
            throw new BoundException($"it writes more than {_output} characters");
        }
    }
}
