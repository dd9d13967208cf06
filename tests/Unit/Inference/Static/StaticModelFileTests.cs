using CsCheck;
using Tessera.Inference;
using Tessera.Inference.Static;

namespace Tessera.Unit.Inference.Static;

public sealed class StaticModelFileTests
{
    private static readonly byte[] File = StaticModelFile.Write(StaticModels.Make(32, false, "one two three"));

    [Fact]
    public void Model_comes_back_as_it_was_written()
    {
        var read = Read(File);
        Assert.Equal(File, StaticModelFile.Write(read));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File)), read.Sha256);
        Assert.Equal(StaticModelFile.Length(32, 3, 64), File.Length);
    }

    [Fact]
    public void Changed_bytes_anywhere_are_refused() =>
        Gen.Select(Gen.Int[0, File.Length - 1], Gen.Byte[1, 255]).Array[1, 4].Sample(
            flips =>
            {
                var bytes = (byte[])File.Clone();
                foreach (var (place, mask) in flips)
                {
                    bytes[place] ^= mask;
                }

                Assert.True(bytes.AsSpan().SequenceEqual(File) || Assert.Throws<ModelException>(() => Read(bytes)).Fault == ModelFault.BadFile);
            },
            iter: 2_000);

    [Fact]
    public void Cut_or_lengthened_file_is_refused() =>
        Gen.Int[0, File.Length + 40].Sample(
            length =>
            {
                var bytes = (byte[])File.Clone();
                Array.Resize(ref bytes, length);
                Assert.True(length == File.Length || Assert.Throws<ModelException>(() => Read(bytes)).Fault == ModelFault.BadFile);
            },
            iter: 300);

    [Fact]
    public void Any_bytes_at_all_are_refused() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.Throws<ModelException>(() => Read([.. "TSSTATIC"u8, .. bytes])), iter: 300);

    [Theory]
    [InlineData(0, 0x50, "is no static embedder")]
    [InlineData(8, 9, "has version 9; this build reads 1")]
    [InlineData(12, 33, "has 33 dimensions, which no embedder has")]
    [InlineData(12, 48, "bytes long, not the")]
    [InlineData(19, 0x7f, "claims")]
    [InlineData(24, 8, "does not know")]
    [InlineData(200, 0x55, "does not match its checksum")]
    public void Refusal_names_what_is_wrong(int place, byte value, string message)
    {
        var bytes = (byte[])File.Clone();
        bytes[place] = value;
        Assert.Contains(message, Assert.Throws<ModelException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_width_than_needed_is_refused() =>
        Assert.Contains(
            "has 32 dimensions, not 256",
            Assert.Throws<ModelException>(() => StaticModelFile.Read(new MemoryStream(File), "a.bin", 256)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Missing_file_is_refused() =>
        Assert.Equal(ModelFault.BadFile, Assert.Throws<ModelException>(() => StaticEmbedder.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()))).Fault);

    // Both were written with a right checksum, so by someone who meant it.
    [Fact]
    public void Numbers_out_of_range_are_refused_despite_their_checksum()
    {
        var model = StaticModels.Make(32, false, "one two three");
        Assert.Throws<ModelException>(() => Read(StaticModelFile.Write(model with { Words = [3, 2, 1] })));
        Assert.Throws<ModelException>(() => Read(StaticModelFile.Write(model with { Scales = [.. model.Scales.Skip(1), float.NaN] })));
        Assert.Throws<ModelException>(() => Read(StaticModelFile.Write(model with { Rows = [.. model.Rows.Skip(1), sbyte.MinValue] })));
    }

    private static StaticModel Read(byte[] bytes) => StaticModelFile.Read(new MemoryStream(bytes), "a.bin");
}
