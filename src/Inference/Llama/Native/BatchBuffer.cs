using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>Tokens to be read in one call, of any sequences. Kept over many calls; used by one thread.</summary>
internal sealed unsafe class BatchBuffer : IDisposable
{
    private readonly int* tokens;
    private readonly int* positions;
    private readonly int* counts;
    private readonly int* sequences;
    private readonly int** pointers;
    private readonly byte* outputs;
    private bool freed;

    public BatchBuffer(int room)
    {
        Room = room;
        tokens = Allocate<int>(room);
        positions = Allocate<int>(room);
        counts = Allocate<int>(room);
        sequences = Allocate<int>(room);
        outputs = Allocate<byte>(room);
        pointers = (int**)NativeMemory.AllocZeroed((nuint)(room + 1), (nuint)sizeof(int*));
        for (var i = 0; i < room; i++)
        {
            counts[i] = 1;
            pointers[i] = sequences + i;
        }
    }

    ~BatchBuffer() => Free();

    /// <summary>Most tokens.</summary>
    public int Room { get; }

    /// <summary>Tokens in it.</summary>
    public int Count { get; private set; }

    internal Batch Native => new()
    {
        Count = Count,
        Tokens = (nint)tokens,
        Positions = (nint)positions,
        SequenceCounts = (nint)counts,
        SequenceIds = (nint)pointers,
        Outputs = (nint)outputs,
    };

    public void Clear() => Count = 0;

    /// <summary>Adds a token and returns its row.</summary>
    /// <param name="token">The token.</param>
    /// <param name="position">Its place in its sequence.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="output">True: the scores of the token behind it are wanted.</param>
    public int Add(int token, int position, int sequence, bool output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, Room, nameof(token));
        tokens[Count] = token;
        positions[Count] = position;
        sequences[Count] = sequence;
        outputs[Count] = output ? (byte)1 : (byte)0;
        return Count++;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static T* Allocate<T>(int room)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)room, (nuint)sizeof(T));

    private void Free()
    {
        if (!freed)
        {
            freed = true;
            NativeMemory.Free(tokens);
            NativeMemory.Free(positions);
            NativeMemory.Free(counts);
            NativeMemory.Free(sequences);
            NativeMemory.Free(pointers);
            NativeMemory.Free(outputs);
        }
    }
}
