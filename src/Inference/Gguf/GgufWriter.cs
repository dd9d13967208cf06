using System.Text;

namespace Tessera.Inference.Gguf;

/// <summary>Writes a GGUF file: keys, the list of tensors, then each tensor's bytes in their order. Nothing of the weights is held in memory.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;
    private readonly List<(string Key, Action<BinaryWriter> Write)> keys = [];
    private readonly List<(string Name, long[] Shape, TensorType Type, Action<Span<byte>> Fill)> tensors = [];

    public void Text(string key, string value) => keys.Add((key, writer => { writer.Write(8u); Write(writer, value); }));

    public void Number(string key, uint value) => keys.Add((key, writer => { writer.Write(4u); writer.Write(value); }));

    public void Real(string key, float value) => keys.Add((key, writer => { writer.Write(6u); writer.Write(value); }));

    public void Flag(string key, bool value) => keys.Add((key, writer => { writer.Write(7u); writer.Write(value); }));

    public void Texts(string key, IReadOnlyCollection<string> values) => List(key, 8, values, Write);

    public void Numbers(string key, IReadOnlyCollection<int> values) => List(key, 5, values, (writer, value) => writer.Write(value));

    public void Reals(string key, IReadOnlyCollection<float> values) => List(key, 6, values, (writer, value) => writer.Write(value));

    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its sizes, the row first.</param>
    /// <param name="type">How it is stored.</param>
    /// <param name="fill">Gives a run of whole blocks.</param>
    public void Tensor(string name, long[] shape, TensorType type, Action<Span<byte>> fill) => tensors.Add((name, shape, type, fill));

    public void Save(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)keys.Count);
        foreach (var (key, write) in keys)
        {
            Write(writer, key);
            write(writer);
        }

        var offset = 0L;
        foreach (var (name, shape, type, _) in tensors)
        {
            Write(writer, name);
            writer.Write((uint)shape.Length);
            Array.ForEach(shape, size => writer.Write((ulong)size));
            writer.Write((uint)type.Number);
            writer.Write((ulong)offset);
            offset = Align(offset + Bytes(shape, type));
        }

        foreach (var (_, shape, type, fill) in tensors)
        {
            Pad(writer, stream);
            Fill(writer, Bytes(shape, type), type, fill);
        }

        Pad(writer, stream);
    }

    private static void Fill(BinaryWriter writer, long bytes, TensorType type, Action<Span<byte>> fill)
    {
        var room = new byte[(1 << 20) / type.BlockBytes * type.BlockBytes];
        for (var left = bytes; left > 0; left -= room.Length)
        {
            var part = room.AsSpan(0, (int)Math.Min(room.Length, left));
            fill(part);
            writer.Write(part);
        }
    }

    private static long Bytes(long[] shape, TensorType type) => shape.Aggregate(1L, (all, size) => all * size) / type.BlockWeights * type.BlockBytes;

    private static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter writer, Stream stream)
    {
        writer.Flush();
        while (stream.Position % Alignment != 0)
        {
            writer.Write((byte)0);
            writer.Flush();
        }
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void List<T>(string key, uint type, IReadOnlyCollection<T> values, Action<BinaryWriter, T> write) => keys.Add((key, writer =>
    {
        writer.Write(9u);
        writer.Write(type);
        writer.Write((ulong)values.Count);
        foreach (var value in values)
        {
            write(writer, value);
        }
    }));
}
