namespace Tessera.Inference.Static;

/// <summary>Takes what a scanner finds in a text, in the text's order.</summary>
internal interface IFeatureSink
{
    /// <summary>A whole word, as the hash of its lower-case letters.</summary>
    void Word(ulong key);

    /// <summary>Four letters in a row inside a word, whose ends count as letters, as a hash.</summary>
    void Gram(uint hash);
}
