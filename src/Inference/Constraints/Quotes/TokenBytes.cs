namespace Tessera.Inference.Constraints.Quotes;

/// <summary>A vocabulary as byte strings. Made once a model; immutable, safe for concurrent use.</summary>
internal sealed class TokenBytes
{
    private readonly byte[] bytes;
    private readonly int[] starts;
    private readonly bool[] ends;

    private TokenBytes(byte[] bytes, int[] starts, bool[] ends) => (this.bytes, this.starts, this.ends) = (bytes, starts, ends);

    /// <summary>How many tokens there are.</summary>
    public int Count => ends.Length;

    /// <summary>What a token writes; empty where it writes nothing.</summary>
    public ReadOnlySpan<byte> this[int token] => bytes.AsSpan(starts[token], starts[token + 1] - starts[token]);

    /// <param name="count">How many tokens there are.</param>
    /// <param name="piece">What a token writes.</param>
    /// <param name="isEnd">Whether it ends a reply.</param>
    public static TokenBytes Read(int count, Func<int, byte[]> piece, Func<int, bool> isEnd)
    {
        var all = new List<byte>(count * 6);
        var starts = new int[count + 1];
        var ends = new bool[count];
        for (var token = 0; token < count; token++)
        {
            ends[token] = isEnd(token);
            all.AddRange(ends[token] ? [] : piece(token));
            starts[token + 1] = all.Count;
        }

        return new TokenBytes([.. all], starts, ends);
    }

    /// <summary>Whether the token ends a reply.</summary>
    public bool IsEnd(int token) => ends[token];
}
