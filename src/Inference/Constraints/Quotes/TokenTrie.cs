namespace Tessera.Inference.Constraints.Quotes;

/// <summary>The tokens of a vocabulary by their bytes. Node 0 is the root. Made once a model; immutable, safe for concurrent use.</summary>
internal sealed class TokenTrie
{
    private readonly int[] sorted;
    private readonly int[] ranges = new int[257];
    private readonly List<byte> bytes = [0];
    private readonly List<(int Child, int Children, int Token, int Tokens)> nodes = [default];

    public TokenTrie(TokenBytes vocabulary)
    {
        Vocabulary = vocabulary;
        sorted = [.. Enumerable.Range(0, vocabulary.Count).Where(token => vocabulary[token].Length > 0)];
        Array.Sort(sorted, (a, b) => vocabulary[a].SequenceCompareTo(vocabulary[b]));
        Silent = [.. Enumerable.Range(0, vocabulary.Count).Where(token => vocabulary[token].Length == 0)];
        foreach (var token in sorted)
        {
            ranges[vocabulary[token][0] + 1]++;
        }

        for (var value = 0; value < 256; value++)
        {
            ranges[value + 1] += ranges[value];
        }

        var left = new Queue<(int Node, int From, int To, int Depth)>();
        left.Enqueue((0, 0, sorted.Length, 0));
        while (left.TryDequeue(out var range))
        {
            Split(range.Node, range.From, range.To, range.Depth, left);
        }
    }

    public TokenBytes Vocabulary { get; }

    /// <summary>Tokens that write nothing: those that end a reply, and marks of control.</summary>
    public IReadOnlyList<int> Silent { get; }

    /// <summary>The tokens that begin with a byte; the one that is this byte alone, where there is one, comes first.</summary>
    public ReadOnlySpan<int> StartingWith(byte value)
    {
        var (from, to) = (ranges[value], ranges[value + 1]);
        return sorted.AsSpan(from, to - from);
    }

    /// <summary>The node behind a byte; -1: no token goes on so.</summary>
    public int Child(int node, byte value)
    {
        var (from, count, _, _) = nodes[node];
        var (low, high) = (from, from + count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (bytes[middle].CompareTo(value))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The tokens that end at a node.</summary>
    public ReadOnlySpan<int> Tokens(int node) => sorted.AsSpan(nodes[node].Token, nodes[node].Tokens);

    // Of the tokens from..to, which have their first bytes in common, those that end here come first; the others go to a child by their next byte.
    private void Split(int node, int from, int to, int depth, Queue<(int Node, int From, int To, int Depth)> left)
    {
        var longer = from;
        while (longer < to && Vocabulary[sorted[longer]].Length == depth)
        {
            longer++;
        }

        var (child, at) = (nodes.Count, longer);
        while (at < to)
        {
            var (value, start) = (Vocabulary[sorted[at]][depth], at);
            while (at < to && Vocabulary[sorted[at]][depth] == value)
            {
                at++;
            }

            left.Enqueue((nodes.Count, start, at, depth + 1));
            nodes.Add(default);
            bytes.Add(value);
        }

        nodes[node] = (child, nodes.Count - child, from, longer - from);
    }
}
