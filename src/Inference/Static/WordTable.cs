using System.Numerics;

namespace Tessera.Inference.Static;

/// <summary>Finds the row of a word by its hash. Read-only once made.</summary>
internal sealed class WordTable
{
    private readonly ulong[] words;
    private readonly int[] slots;
    private readonly int mask;

    /// <param name="words">Hashes, all different; a word's row is its place in here.</param>
    public WordTable(ulong[] words)
    {
        this.words = words;
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, words.Length * 2))];
        mask = slots.Length - 1;
        for (var row = 0; row < words.Length; row++)
        {
            var slot = (int)words[row] & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = row + 1;
        }
    }

    public int Count => words.Length;

    /// <summary>The row, or -1 for a word that is not here.</summary>
    public int Find(ulong word)
    {
        for (var slot = (int)word & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (words[slots[slot] - 1] == word)
            {
                return slots[slot] - 1;
            }
        }

        return -1;
    }
}
