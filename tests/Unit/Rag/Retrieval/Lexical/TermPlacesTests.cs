using CsCheck;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class TermPlacesTests
{
    private static readonly int[] Gaps = [1, 3, 12, 40, 900, 9_000];

    // Stretches in which a term is rare or common, so that lists turn into bits and back.
    private static readonly Gen<List<(int Slot, int Times)>> Places =
        Gen.Select(Gen.Int[0, 5].Select(i => Gaps[i]), Gen.Int[0, 400], Gen.Int[0, 1000]).Array[1, 5].Select(stretches =>
        {
            var (places, slot) = (new List<(int, int)>(), -1);
            foreach (var (gap, count, seed) in stretches)
            {
                var random = new Random(seed);
                for (var i = 0; i < count; i++)
                {
                    places.Add((slot += random.Next(1, gap + 1), random.Next(4) == 0 ? random.Next(2, 300) : 1));
                }
            }

            return places;
        });

    [Fact]
    public void Places_come_back_as_they_were() => Places.Sample(places =>
    {
        var read = new List<(int, int)>();
        var reader = Of(places).Read();
        while (reader.Next(out var slot, out var times))
        {
            read.Add((slot, times));
        }

        Assert.Equal(places, read);
        Assert.Equal(places.Count, Of(places).Count);
    });

    [Fact]
    public void Common_terms_have_bits_that_rare_ones_have_not_and_lose_them_when_they_become_rare()
    {
        var common = Enumerable.Range(0, 5000).Select(i => (i * 8, i % 4 == 0 ? 2 : 1)).ToList();
        Assert.True(Of(common).IsDense);
        Assert.InRange(Of(common).Capacity, 1, common.Count * 2);
        Assert.False(Of([.. Enumerable.Range(0, 5000).Select(i => (i * 20, 1))]).IsDense);

        var rareLater = Of([.. common, .. Enumerable.Range(0, 40).Select(i => (40_000 + (i * 20_000), 1))]);
        Assert.False(rareLater.IsDense);
        Assert.InRange(rareLater.Capacity, 1, 20_000);
    }

    [Fact]
    public void Worth_of_a_term_is_that_of_the_formula_however_its_places_are_kept() => Places.Sample(places =>
    {
        var slots = places.Count == 0 ? 1 : places[^1].Slot + 1;
        var lengths = Enumerable.Range(0, slots).Select(slot => (slot * 7 % 90) + 1).ToArray();
        var norm = (Fixed: 0.54f, PerTerm: 0.01f);
        using var single = SlotScores.OfSingle(norm, lengths);
        using var scores = new SlotScores(slots);
        scores.Add(Of(places), 1.5f, norm, lengths, single);
        using var masses = new SlotScores(slots);
        masses.AddMasses(Of(places), 0.3f);

        var (worths, shares) = (new float[slots], new float[slots]);
        foreach (var (slot, times) in places)
        {
            worths[slot] = 1.5f * times / (times + norm.Fixed + (norm.PerTerm * lengths[slot]));
            shares[slot] = 0.3f * PassageShare.Mass(times);
        }

        Equal(worths, scores.Values);
        Equal(shares, masses.Values);
    });

    private static TermPlaces Of(List<(int Slot, int Times)> places)
    {
        var made = default(TermPlaces);
        foreach (var (slot, times) in places)
        {
            made.Add(slot, times);
        }

        return made;
    }

    private static void Equal(float[] expected, ReadOnlySpan<float> found)
    {
        for (var slot = 0; slot < expected.Length; slot++)
        {
            Assert.Equal(expected[slot], found[slot], 1e-5f);
        }
    }
}
