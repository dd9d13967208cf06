using CsCheck;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Unit.Rag.Retrieval.Analysis;

public sealed class PorterStemmerTests
{
    [Theory]
    [InlineData("plurals", "caresses caress ponies poni ties ti caress caress cats cat is is as as")]
    [InlineData("pasts", "feed feed agreed agre plastered plaster bled bled motoring motor sing sing")]
    [InlineData("after pasts", "conflated conflat troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file")]
    [InlineData("final y", "happy happi sky sky syzygy syzygi enjoy enjoi")]
    [InlineData("double suffixes", "relational relat conditional condit rational ration valenci valenc hesitanci hesit digitizer digit conformabli conform radicalli radic differentli differ vileli vile analogousli analog vietnamization vietnam predication predic operator oper feudalism feudal decisiveness decis hopefulness hope callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl archaeology archaeolog")]
    [InlineData("plain suffixes", "triplicate triplic formative form formalize formal electriciti electr electrical electr hopeful hope goodness good")]
    [InlineData("bare suffixes", "revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop adjustable adjust defensible defens irritant irrit replacement replac adjustment adjust dependent depend adoption adopt homologou homolog communism commun activate activ angulariti angular homologous homolog effective effect bowdlerize bowdler")]
    [InlineData("tidied", "probate probat rate rate cease ceas controll control roll roll")]
    [InlineData("whole", "generalizations gener oscillators oscil termination termin terminated termin liabilities liabil indemnification indemnif governing govern patients patient possibly possibl")]
    [InlineData("short", "a a be be by by 7 7 24h 24h naïve naïv 契約 契約")]
    public void Stem_of_known_words_is_porters(string step, string pairs)
    {
        foreach (var pair in pairs.Split(' ').Chunk(2))
        {
            Assert.True(PorterStemmer.Stem(pair[0]) == pair[1], $"{step}: {pair[0]} → {PorterStemmer.Stem(pair[0])}, not {pair[1]}");
        }
    }

    [Fact]
    public void Stem_of_any_word_ends_and_is_no_longer() =>
        Gen.OneOf(Gen.String, Gen.String["aeioustlyngdbzmrc"]).Sample(word => PorterStemmer.Stem(word).Length <= Math.Max(word.Length, 1), iter: 20_000);
}
