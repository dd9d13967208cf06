using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Tessera.Reader.Formats;

namespace Tessera.Unit.Reader.Formats;

/// <summary>The shared files of these formats, each read in this process: none of them may be able to end it.</summary>
public class SharedFilesTests
{
    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("pptx")]
    [InlineData("epub")]
    [InlineData("html")]
    [InlineData("rtf")]
    [InlineData("ipynb")]
    [InlineData("md")]
    [InlineData("rst")]
    [InlineData("csv")]
    [InlineData("eml")]
    [InlineData("xml")]
    public void Real_files_give_their_probe(string kind)
    {
        var manifest = SharedData.Require("files/manifest.jsonl");
        var read = 0;
        foreach (var line in File.ReadLines(manifest))
        {
            using var entry = JsonDocument.Parse(line);
            string Field(string name) => entry.RootElement.GetProperty(name).GetString()!;
            if (Field("kind") != kind)
            {
                continue;
            }

            var path = Path.Combine(Path.GetDirectoryName(manifest)!, Field("file"));
            var text = TryRead(path, Field("file"), out var reason);
            if (Field("expect") == "text")
            {
                Assert.Contains(Plain(Field("probe")), Plain(text ?? reason), StringComparison.Ordinal);
            }
            else if (Field("expect") == "refuse")
            {
                Assert.True(string.IsNullOrEmpty(text), Field("file"));
            }

            read++;
        }

        Assert.True(read > 0);
    }

    [Theory]
    [InlineData("office")]
    [InlineData("xml")]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("json-csv")]
    public void Bad_files_end_as_their_manifest_says(string folder)
    {
        var manifest = SharedData.Require("badinput/MANIFEST.tsv");
        var wrong = new List<string>();
        var read = 0;
        foreach (var fields in File.ReadLines(manifest).Select(x => x.Split('\t')).Where(x => x[0].StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            if (fields[0].EndsWith(".jsonl", StringComparison.Ordinal))
            {
                continue;
            }

            var text = ReadStored(Path.Combine(Path.GetDirectoryName(manifest)!, fields[0]), out var reason);
            var expect = fields[7];
            var ended = text is null ? "refused: " + reason : $"{text.Length} characters";
            var right = expect switch
            {
                "INDEXED" => !string.IsNullOrEmpty(text),
                "REJECT" or "FAILED_REASON" => text is null && reason.Length > 0,
                _ => true,
            };
            if (!right)
            {
                wrong.Add($"{fields[0]} expects {expect}, ended with {ended}");
            }

            read++;
        }

        Assert.Empty(wrong);
        Assert.True(read > 0);
    }

    [Fact]
    public void Tokenizer_inputs_are_all_read()
    {
        var path = SharedData.Require("badinput/html/html5lib-inputs.jsonl");
        var read = 0;
        foreach (var line in File.ReadLines(path))
        {
            var html = Encoding.UTF8.GetBytes("<p>before</p>" + line);
            Assert.Contains("before", FormatReading.Of(new HtmlFormat(), html, "a.html").Text, StringComparison.Ordinal);
            read++;
        }

        Assert.True(read > 1000);
    }

    private static string? ReadStored(string path, out string reason)
    {
        const string Stored = ".stored.gz";
        if (!path.EndsWith(Stored, StringComparison.Ordinal))
        {
            return TryRead(path, Path.GetFileName(path), out reason);
        }

        var raw = Path.GetTempFileName();
        try
        {
            using (var source = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            using (var target = File.Create(raw))
            {
                source.CopyTo(target);
            }

            return TryRead(raw, Path.GetFileName(path)[..^Stored.Length], out reason);
        }
        finally
        {
            File.Delete(raw);
        }
    }

    /// <summary>Reads as the worker does: the kind by name and bytes, any fault is a refusal.</summary>
    private static string? TryRead(string path, string name, out string reason)
    {
        reason = "";
        try
        {
            var kind = FileKinds.Find(new SourceFile(path, name));
            return FormatReading.Of(kind.Format!(), path, name).Text;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            reason = fault is UnreadableException unreadable ? $"{unreadable.Code}: {fault.Message}" : fault.Message;
            return null;
        }
    }

    private static string Plain(string text) => string.Join(' ', text.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
