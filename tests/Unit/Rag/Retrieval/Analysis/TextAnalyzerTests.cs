using CsCheck;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Analysis;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("The Termination, of THE agreements!", "termin agreement")]
    [InlineData("it's 5.2% of non-compete", "s 5 2 non compet")]
    [InlineData("Müller’s café; nai\u0308ve", "müller s café nai\u0308v")]
    [InlineData("契約は終了する。第5条", "契約は終了する 第5条")]
    [InlineData("𝒳😀x²", "𝒳 x²")]
    [InlineData("", "")]
    [InlineData(" \t… the ", "")]
    public void Prose_becomes_stems_without_stop_words(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', TextAnalyzer.For(TextAnalysis.Prose).Terms(text)));

    [Theory]
    [InlineData("parseHTTPHeader2", "parsehttpheader2 pars http header 2")]
    [InlineData("get_user_by_id(_cache__)", "get_user_by_id get user id cach")]
    [InlineData("__init__ MAX_VALUE", "init max_value max valu")]
    [InlineData("XMLReader iPhone", "xmlreader xml reader iphone i phone")]
    [InlineData("utf8ToUtf16", "utf8toutf16 utf 8 utf 16")]
    [InlineData("x", "x")]
    [InlineData("a__b", "a__b b")]
    [InlineData("the for", "")]
    public void Identifiers_are_kept_whole_and_split(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', TextAnalyzer.For(TextAnalysis.Code).Terms(text)));

    [Theory]
    [InlineData("x => y ?? z", "x => y ?? z")]
    [InlineData("n**2 != m", "n ** 2 != m")]
    [InlineData("s[::-1] + std::move(b)", "s ::- 1 std :: move b")]
    [InlineData("i++; j <<= 2; k >>>= 1", "i ++ j <<= 2 k >>>= 1")]
    [InlineData("a = b - c / d", "b c d")]
    [InlineData("//////// -------- =====", "")]
    [InlineData("a??", "??")]
    public void Operators_of_two_characters_and_more_are_kept(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', TextAnalyzer.For(TextAnalysis.Code).Terms(text)));

    [Theory]
    [InlineData(TextAnalysis.Prose)]
    [InlineData(TextAnalysis.Code)]
    public void Any_text_becomes_the_words_of_its_lines(TextAnalysis analysis)
    {
        var analyzer = TextAnalyzer.For(analysis);
        var texts = Gen.OneOf(Gen.String, Gen.String["aB_9 =>é契\ud83d\ude00."]);
        Gen.Select(texts, texts).Sample(
            (x, y) => analyzer.Terms(x + "\n" + y).SequenceEqual([.. analyzer.Terms(x), .. analyzer.Terms(y)]),
            iter: 5000);
    }

    [Fact]
    public void Endless_words_are_searched_by_their_beginning()
    {
        var analyzer = TextAnalyzer.For(TextAnalysis.Prose);
        var word = Assert.Single(analyzer.Terms(new string('q', 100_000)));
        Assert.Equal(TextAnalyzer.LongestWord, word.Length);
        Assert.Equal(analyzer.Terms(new string('q', 70)), analyzer.Terms(new string('q', 99)));
    }

    [Fact]
    public void Words_of_many_threads_are_those_of_one()
    {
        var analyzer = TextAnalyzer.For(TextAnalysis.Prose);
        var words = Enumerable.Range(0, 100_000).Select(x => $"w{x}ings").ToList();
        var wrong = words.AsParallel().Where(word => analyzer.Terms(word).Single() != PorterStemmer.Stem(word)).ToList();
        Assert.Empty(wrong);
    }

    // Keys lie on disk: another hash would find nothing in what was written before.
    [Fact]
    public void Key_of_a_word_never_changes()
    {
        Assert.Equal(0x9ec13e3e547f82b9UL, Term.KeyOf("termin"));
        Assert.Equal(0xefd01f60ba992926UL, Term.KeyOf(""));
        Assert.Equal(Term.KeyOf("termin"), new Term("termin").Key);
    }
}
