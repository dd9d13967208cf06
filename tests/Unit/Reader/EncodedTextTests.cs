using System.Text;
using Tessera.Reader.Formats;

namespace Tessera.Unit.Reader;

public sealed class EncodedTextTests
{
    private const string Russian = "Лошадка, везущая хворосту воз, идёт в гору. Однажды, в студёную зимнюю пору, я из лесу вышел; был сильный мороз.";

    public static TheoryData<string, string> Encoded => new()
    {
        { "utf-8", Russian },
        { "utf-16", Russian + " and some plain words so that zeros are found" },
        { "utf-16BE", "Plain words only" },
        { "utf-32", "Plain words only" },
        { "utf-32BE", "Слова и words" },
        { "windows-1251", Russian },
        { "cp866", Russian },
        { "koi8-r", Russian },
        { "shift_jis", "これは日本語の文章です。文字コードを正しく判定できるかどうかを確かめます。" },
        { "gb18030", "这是一个中文句子，用来检查编码检测是否正确。我们希望结果是对的。" },
        { "windows-1252", "Fußgänger müssen über die Straße gehen; café à la crème für jeden." },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void EncodedText_WithoutMark_IsReadInItsEncoding(string name, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Assert.Equal(text, EncodedText.Decode(Encoding.GetEncoding(name).GetBytes(text)).Text);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void EncodedText_WithMark_IsReadWithoutTheMark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Assert.Equal("文字", EncodedText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("文字")]).Text);
    }

    [Fact]
    public void EncodedText_DeclaredCharset_WinsOverTheGuess()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Assert.Equal("é", EncodedText.Decode(Encoding.GetEncoding("cp850").GetBytes("é"), "cp850").Text);
    }

    [Fact]
    public void EncodedText_Utf8WithDamage_KeepsTheRest()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Russian), 0xFF, .. Encoding.UTF8.GetBytes(Russian)];
        Assert.Equal(Russian + "\uFFFD" + Russian, EncodedText.Decode(bytes).Text);
    }

    [Fact]
    public void EncodedText_BinaryBytes_AreUnknownType()
    {
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        Assert.Equal("unknown-type", Assert.Throws<UnreadableException>(() => EncodedText.Decode(bytes)).Code);
    }

    [Fact]
    public void EncodedText_MarkAlone_IsEmpty() =>
        Assert.Equal("empty", Assert.Throws<UnreadableException>(() => EncodedText.Decode([0xEF, 0xBB, 0xBF])).Code);

    [Fact]
    public void EncodedText_CodePage866File_IsReadAsRussian()
    {
        var path = SharedData.Require("files/txt-cp866-russian.txt");
        Assert.Contains("Лошадка, везущая хворосту воз", EncodedText.Read(new SourceFile(path, "x.txt")).Text, StringComparison.Ordinal);
    }
}
