namespace Tessera.Unit.Inference.Gguf;

/// <summary>Changes that accidents and attackers make to a file, by seed.</summary>
internal static class Mutants
{
    public static byte[] Make(byte[] original, int header, int seed)
    {
        var random = new Random(seed);
        var bytes = (byte[])original.Clone();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(4, header - 8);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), random.NextInt64());
                    break;
                case 3:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), (long)random.Next(64));
                    break;
                case 4:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), uint.MaxValue);
                    break;
                case 5:
                    return bytes[..random.Next(bytes.Length)];
                default:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)).Clear();
                    break;
            }
        }

        return bytes;
    }
}
