using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Translation;

/// <summary>Reads a translation model and believes nothing of it: memory is taken only for what the file is long enough to hold.</summary>
internal ref struct TranslationModelReader
{
    // The fewest bytes that a word, a question word and a promise take.
    private const int WordBytes = sizeof(ulong) + sizeof(float);
    private const int QuestionBytes = sizeof(ulong) + 1 + PromiseBytes;
    private const int PromiseBytes = 2;

    private ReadOnlySpan<byte> _rest;

    public TranslationModelReader(ReadOnlySpan<byte> file, string analyzer)
    {
        if (!file.StartsWith(TranslationFile.Magic))
        {
            throw Refused("it is no translation model");
        }

        _rest = file[TranslationFile.Magic.Length..];
        if (Take(1)[0] is var version and not TranslationFile.Version)
        {
            throw Refused($"its version is {version}, not {TranslationFile.Version}");
        }

        if (_rest.Length < SHA256.HashSizeInBytes || !SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
        {
            throw Refused("it was cut or changed: its digest is not that of its contents");
        }

        _rest = _rest[..^SHA256.HashSizeInBytes];
        var made = Encoding.ASCII.GetString(Take(Take(1)[0]));
        if (made != analyzer)
        {
            throw Refused($"its words were made by analyzer '{made}', not by '{analyzer}'; train it anew");
        }

        LengthPower = Share("the power of the length");
        Words = Keys(Count(WordBytes, "words"));
        Shares = Floats(Words.Length);
        ReadQuestions();
        if (!_rest.IsEmpty)
        {
            throw Refused($"{_rest.Length} bytes follow its end");
        }
    }

    /// <summary>By what power of its length a passage's words are thinned.</summary>
    public float LengthPower { get; }

    /// <summary>Passage words, ascending.</summary>
    public ulong[] Words { get; }

    /// <summary>Each passage word's mean share.</summary>
    public float[] Shares { get; }

    /// <summary>Question words, ascending.</summary>
    public ulong[] Questions { get; private set; } = [];

    /// <summary>Where each question word's promises begin; one more than there are question words.</summary>
    public int[] Starts { get; private set; } = [0];

    /// <summary>The promises of all question words.</summary>
    public WordPromise[] Promises { get; private set; } = [];

    public static PermanentException Refused(string reason) => new("translation-model-unreadable", $"The translation model cannot be read: {reason}.");

    private void ReadQuestions()
    {
        var questions = Count(QuestionBytes, "question words");
        Promises = new WordPromise[Count(PromiseBytes, "promises")];
        Questions = new ulong[questions];
        Starts = new int[questions + 1];
        for (var i = 0; i < questions; i++)
        {
            Questions[i] = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
            if (i > 0 && Questions[i] <= Questions[i - 1])
            {
                throw Refused("its question words are not in order");
            }

            var count = Number();
            if (count == 0 || count > (uint)(Promises.Length - Starts[i]))
            {
                throw Refused("a question word has no promises, or more than the file speaks of");
            }

            Starts[i + 1] = Starts[i] + (int)count;
            ReadPromises(Promises.AsSpan(Starts[i], (int)count));
        }

        if (Starts[questions] != Promises.Length)
        {
            throw Refused("it speaks of more promises than it has");
        }
    }

    private void ReadPromises(Span<WordPromise> into)
    {
        var place = -1;
        for (var i = 0; i < into.Length; i++)
        {
            var gap = Number();
            if (gap == 0 || gap > (uint)(Words.Length - 1 - place))
            {
                throw Refused("a promise is of a word that it does not have, or out of order");
            }

            place += (int)gap;
            var level = Take(1)[0];
            if (level == 0)
            {
                throw Refused("a probability is not above 0");
            }

            into[i] = new WordPromise(Words[place], TranslationFile.ProbabilityOf(level));
        }
    }

    private ulong[] Keys(int count)
    {
        var keys = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
            if (i > 0 && keys[i] <= keys[i - 1])
            {
                throw Refused("its words are not in order");
            }
        }

        return keys;
    }

    private float[] Floats(int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Share("a word's mean share");
        }

        return values;
    }

    private float Share(string what)
    {
        var value = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
        return value is > 0 and <= 1 ? value : throw Refused($"{what} is not above 0 and at most 1");
    }

    private int Count(int bytesEach, string what)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
        if (count > (uint)(_rest.Length / bytesEach))
        {
            throw Refused($"it is too short for the {count} {what} that it speaks of");
        }

        return (int)count;
    }

    private uint Number()
    {
        var last = _rest.IndexOfAnyInRange((byte)0, (byte)0x7f);
        if (last is < 0 or >= Varint.Longest)
        {
            throw Refused("a number is cut or too long");
        }

        var index = 0;
        return Varint.Read(Take(last + 1), ref index);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Refused("it ends too early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
