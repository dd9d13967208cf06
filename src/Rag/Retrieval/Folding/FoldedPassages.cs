namespace Tessera.Rag.Retrieval.Folding;

/// <summary>Which passages are shown once and folded under the best of them.</summary>
public enum FoldedPassages
{
    /// <summary>None: each passage stands by itself, as a measurement with judged passages needs it.</summary>
    None,

    /// <summary>Those that say nothing but what the shown one says, word for word: nothing is lost where only the shown one is read.</summary>
    Same,

    /// <summary>Those too that say nearly the same, with the words that differ; for people who read a list.</summary>
    Near,
}
