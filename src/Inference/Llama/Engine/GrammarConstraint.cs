using System.Runtime.InteropServices;
using Tessera.Inference.Constraints;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// Holds a reply to a grammar. The likeliest token is asked first, which costs next to nothing. Where it does not fit, each byte is asked, and
/// then only the tokens that begin with one that fits: between the values of a JSON text these are few. For one request, on the engine's thread.
/// </summary>
/// <param name="grammar">At the start of its text; owned.</param>
/// <param name="trie">The vocabulary.</param>
/// <param name="isEnd">Tokens that end a reply.</param>
internal sealed class GrammarConstraint(GrammarHandle grammar, TokenTrie trie, Func<int, bool> isEnd) : ITokenConstraint, IDisposable
{
    private readonly List<int> bytes = [];
    private readonly List<int> candidates = [];
    private readonly List<int> allowed = [];
    private bool ended;

    public bool IsComplete => ended;

    public bool Allows(int token) => grammar.Allows(token);

    public bool TryGetAllowed(out ReadOnlySpan<int> tokens)
    {
        candidates.Clear();
        candidates.AddRange(trie.Silent);
        bytes.Clear();
        for (var value = 0; value < 256; value++)
        {
            var starting = trie.StartingWith((byte)value);
            if (starting.Length > 0 && trie.Vocabulary[starting[0]].Length == 1)
            {
                bytes.Add(starting[0]);
            }
            else
            {
                // No token is this byte alone: all that begin with it are asked.
                candidates.AddRange(starting);
            }
        }

        allowed.Clear();
        grammar.Filter(CollectionsMarshal.AsSpan(bytes), allowed);
        foreach (var token in allowed)
        {
            candidates.AddRange(trie.StartingWith(trie.Vocabulary[token][0]));
        }

        allowed.Clear();
        grammar.Filter(CollectionsMarshal.AsSpan(candidates), allowed);
        tokens = CollectionsMarshal.AsSpan(allowed);
        return true;
    }

    public void Mask(Span<float> logits)
    {
        TryGetAllowed(out var tokens);
        var kept = new float[tokens.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = logits[tokens[i]];
        }

        logits.Fill(float.NegativeInfinity);
        for (var i = 0; i < kept.Length; i++)
        {
            logits[tokens[i]] = kept[i];
        }
    }

    public void Accept(int token)
    {
        ended = isEnd(token);
        grammar.Accept(token);
    }

    public void Dispose() => grammar.Dispose();
}
