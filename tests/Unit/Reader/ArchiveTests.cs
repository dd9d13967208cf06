using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Tessera.Rag.Ingestion;

namespace Tessera.Unit.Reader;

public sealed class ArchiveTests(ReaderBench bench) : IClassFixture<ReaderBench>
{
    [Fact]
    public async Task Zip_WithZipAndTarInside_BecomesOneEntryAFile()
    {
        var inner = Zip(("deep/b.txt", "beta"u8.ToArray()));
        var tar = Tar(("c.txt", "gamma"));
        var outcome = await bench.ReadAsync(Zip(("a.txt", "alpha"u8.ToArray()), ("in.zip", inner), ("in.tar.gz", Gzip(tar))), "x.zip");

        var entries = Assert.IsType<ReadOutcome.Archive>(outcome).Entries;
        Assert.Equal(["a.txt", "in.zip/deep/b.txt", "in.tar.gz/in.tar/c.txt"], entries.Select(x => x.Name));
        Assert.Equal(["alpha", "beta", "gamma"], entries.Select(x => File.ReadAllText(x.Path)));
    }

    [Fact]
    public async Task Zip_TwoEntriesOfOneName_GetTwoNames()
    {
        var outcome = await bench.ReadAsync(Zip(("a.txt", "1"u8.ToArray()), ("A.txt", "2"u8.ToArray())), "x.zip");
        Assert.Equal(["a.txt", "A (2).txt"], Assert.IsType<ReadOutcome.Archive>(outcome).Entries.Select(x => x.Name));
    }

    [Fact]
    public async Task Zip_OfNothingButOneName_IsUnpackedInTime()
    {
        var outcome = await bench.ReadAsync(Zip([.. Enumerable.Repeat(("a.txt", "1"u8.ToArray()), 9_999)]), "x.zip");
        var entries = Assert.IsType<ReadOutcome.Archive>(outcome).Entries;
        Assert.Equal(9_999, entries.DistinctBy(x => x.Name).Count());
        Assert.Equal("a (9999).txt", entries[^1].Name);
    }

    [Fact]
    public async Task Gzip_OfOneText_IsCalledLikeTheArchive()
    {
        var outcome = await bench.ReadAsync(Gzip("words"u8.ToArray()), "notes.txt.gz");
        Assert.Equal("notes.txt", Assert.Single(Assert.IsType<ReadOutcome.Archive>(outcome).Entries).Name);
    }

    [Theory]
    [InlineData("../out.txt")]
    [InlineData("a/../../out.txt")]
    [InlineData("..\\out.txt")]
    [InlineData("/etc/out.txt")]
    [InlineData("C:\\out.txt")]
    [InlineData("\\\\server\\out.txt")]
    public async Task Zip_NameThatLeadsOutside_IsRefusedWhole(string name)
    {
        await AssertRefusedAsync(Zip(("good.txt", "x"u8.ToArray()), (name, "x"u8.ToArray())), "x.zip", "unsafe-archive");
        await AssertRefusedAsync(Tar(("good.txt", "x"), (name, "x")), "x.tar", "unsafe-archive");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    public async Task Tar_LinkOrDevice_IsRefusedWhole(TarEntryType type)
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            var entry = new PaxTarEntry(type, "x");
            if (type != TarEntryType.Fifo)
            {
                entry.LinkName = "/etc/passwd";
            }

            tar.WriteEntry(entry);
        }

        await AssertRefusedAsync(stream.ToArray(), "x.tar", "unsafe-archive");
    }

    [Theory]
    [InlineData("x.zip")]
    [InlineData("x.txt.gz")]
    [InlineData("x.tar.gz")]
    public async Task Bomb_OfAnyContainer_IsRefused(string name)
    {
        var zeros = new byte[100 << 20];
        var bomb = name == "x.zip" ? Zip(("zeros.txt", zeros)) : Gzip(name == "x.txt.gz" ? zeros : Tar(("zeros.txt", new string('0', 100 << 20))));
        await AssertRefusedAsync(bomb, name, "unsafe-archive");
        await AssertRefusedAsync(Zip(("inner.zip", bomb)), "outer.zip", "unsafe-archive");
    }

    [Fact]
    public async Task Zip_NestedTooDeep_IsRefused()
    {
        var zip = Zip(("a.txt", "x"u8.ToArray()));
        for (var i = 0; i < 3; i++)
        {
            zip = Zip(("in.zip", zip));
        }

        await AssertRefusedAsync(zip, "x.zip", "unsafe-archive");
    }

    [Fact]
    public async Task Zip_EntryWithOtherBytesThanItsChecksum_IsCorrupt()
    {
        var zip = Zip(("a.txt", Encoding.ASCII.GetBytes("stored plainly")), CompressionLevel.NoCompression);
        zip[zip.AsSpan().IndexOf("plainly"u8)] ^= 1;
        await AssertRefusedAsync(zip, "x.zip", "corrupt");
    }

    [Fact]
    public async Task Archives_CutOff_AreCorrupt()
    {
        var random = new byte[5000];
        new Random(1).NextBytes(random);
        await AssertRefusedAsync(Zip(("a.bin", random))[..3000], "x.zip", "corrupt");
        await AssertRefusedAsync(Gzip(random)[..3000], "x.gz", "corrupt");
        await AssertRefusedAsync(Tar(("a.txt", new string('a', 5000)))[..2000], "x.tar", "corrupt");
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => Zip(CompressionLevel.Optimal, entries);

    private static byte[] Zip((string Name, byte[] Bytes) entry, CompressionLevel level) => Zip(level, entry);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar(params (string Name, string Text)[] entries)
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private async Task AssertRefusedAsync(byte[] bytes, string name, string code)
    {
        var entries = bench.NewFolder();
        var outcome = await bench.Pool.ReadAsync(
            ReaderBench.Tenant, bench.Write(name, bytes), name, entries, TestContext.Current.CancellationToken);
        var failed = Assert.IsType<ReadOutcome.Failed>(outcome);
        Assert.Equal(code, failed.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(entries));
    }
}
