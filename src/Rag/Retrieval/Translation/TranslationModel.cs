using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Translation;

/// <summary>
/// Which passage words promise which question words (IBM model 1), learned from questions and what answers them. Words are keys of analysed
/// words. Immutable and safe for concurrent use.
/// </summary>
public sealed class TranslationModel
{
    private readonly ulong[] _words;
    private readonly float[] _shares;
    private readonly ulong[] _questions;
    private readonly int[] _starts;
    private readonly WordPromise[] _promises;

    private TranslationModel(TranslationModelReader file)
    {
        LengthPower = file.LengthPower;
        _words = file.Words;
        _shares = file.Shares;
        _questions = file.Questions;
        _starts = file.Starts;
        _promises = file.Promises;
        LeastMeanShare = _shares.Length == 0 ? 0 : _shares.Min();
    }

    /// <summary>How many promises there are.</summary>
    public int Promises => _promises.Length;

    /// <summary>By what power of its length a passage's words are thinned, as the trainer chose it; goes into <see cref="MeanShares"/>.</summary>
    public double LengthPower { get; }

    /// <summary>The question words that something promises, ascending.</summary>
    public IReadOnlyList<ulong> QuestionWords => _questions;

    /// <summary>The passage words that were learned from, ascending.</summary>
    internal IReadOnlyList<ulong> PassageWords => _words;

    /// <summary>The mean share of the rarest word that was learned from; a word that was not learned from is no more usual.</summary>
    public double LeastMeanShare { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="file">All bytes of its file.</param>
    /// <param name="analyzer">What makes the words that it will be asked about.</param>
    /// <exception cref="PermanentException">
    /// <c>translation-model-unreadable</c>: it is no model, of another version, cut, changed, or made with another analyzer. The message says which.
    /// </exception>
    public static TranslationModel Read(ReadOnlySpan<byte> file, TextAnalyzer analyzer)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        return new TranslationModel(new TranslationModelReader(file, analyzer.Version));
    }

    /// <summary>Reads a model from its file.</summary>
    /// <exception cref="PermanentException">As <see cref="Read"/>.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static async Task<TranslationModel> ReadAsync(string path, TextAnalyzer analyzer, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is { Exists: true, Length: > TranslationFile.MostBytes })
        {
            throw TranslationModelReader.Refused($"it is larger than {TranslationFile.MostBytes >> 20} MB");
        }

        return Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), analyzer);
    }

    /// <summary>The passage words that promise a question word, ascending by key; none where nothing was learned about it.</summary>
    public ReadOnlySpan<WordPromise> PromisesOf(ulong questionWord)
    {
        var place = Array.BinarySearch(_questions, questionWord);
        return place < 0 ? [] : _promises.AsSpan(_starts[place].._starts[place + 1]);
    }

    /// <summary>Whether a passage word was learned from.</summary>
    internal bool Knows(ulong passageWord) => Array.BinarySearch(_words, passageWord) >= 0;

    /// <summary>
    /// The mean share of a word in the passages that were learned from: what is usual, for want of the collection's own
    /// <see cref="MeanShares"/>. Never 0 in a model that learned anything.
    /// </summary>
    public double MeanShareOf(ulong word)
    {
        var place = Array.BinarySearch(_words, word);
        return place < 0 ? LeastMeanShare : _shares[place];
    }
}
