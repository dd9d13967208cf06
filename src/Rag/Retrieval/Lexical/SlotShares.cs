using System.Numerics.Tensors;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>What each slot's promises are multiplied by, for its length; 0 where it is not seen. Immutable.</summary>
/// <param name="Power">How much a slot's length counts.</param>
/// <param name="Values">One a slot.</param>
internal sealed record SlotShares(double Power, float[] Values)
{
    /// <summary>See <see cref="PassageShare.Divisor"/>.</summary>
    /// <param name="masses">Each slot's sum of 1 + ln tf; infinite where it is not seen.</param>
    /// <param name="power">How much a slot's length counts.</param>
    public static SlotShares Of(ReadOnlySpan<float> masses, double power)
    {
        var values = new float[masses.Length];
        TensorPrimitives.Pow(masses, (float)power, values);
        TensorPrimitives.Add(values, PassageShare.Spare, values);
        TensorPrimitives.Reciprocal<float>(values, values);
        return new SlotShares(power, values);
    }
}
