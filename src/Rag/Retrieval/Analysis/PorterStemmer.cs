namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>M. F. Porter, "An algorithm for suffix stripping" (1980), in the form of his own reference program.</summary>
internal ref struct PorterStemmer
{
    private readonly Span<char> _word;
    private int _end;
    private int _stem;

    private PorterStemmer(Span<char> word)
    {
        _word = word;
        _end = word.Length - 1;
    }

    /// <summary>The stem of a lower-case word.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 2)
        {
            return word;
        }

        Span<char> letters = word.Length <= 128 ? stackalloc char[word.Length] : new char[word.Length];
        word.CopyTo(letters);
        var stemmer = new PorterStemmer(letters);
        stemmer.Plurals();
        stemmer.FinalY();
        stemmer.Replace(DoubleSuffixes, 0);
        stemmer.Replace(PlainSuffixes, 0);
        stemmer.Remove();
        stemmer.Tidy();
        var stem = letters[..(stemmer._end + 1)];
        return stem.SequenceEqual(word) ? word : stem.ToString();
    }

    // Steps 2 and 3; a longer suffix stands before the shorter one that ends it.
    private static readonly (string Suffix, string With)[] DoubleSuffixes =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string Suffix, string With)[] PlainSuffixes =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Removed =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous",
        "ive", "ize",
    ];

    private readonly bool IsConsonant(int index) => _word[index] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => index == 0 || !IsConsonant(index - 1),
        _ => true,
    };

    // How many times a vowel is followed by a consonant in the stem.
    private readonly int Measure()
    {
        var count = 0;
        var afterVowel = false;
        for (var i = 0; i <= _stem; i++)
        {
            var consonant = IsConsonant(i);
            if (consonant && afterVowel)
            {
                count++;
            }

            afterVowel = !consonant;
        }

        return count;
    }

    private readonly bool StemHasVowel()
    {
        for (var i = 0; i <= _stem; i++)
        {
            if (!IsConsonant(i))
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool EndsInDouble(int index) =>
        index >= 1 && _word[index] == _word[index - 1] && IsConsonant(index);

    // Consonant, vowel, consonant other than w, x, y: hop(e), fil(e).
    private readonly bool IsShort(int index) =>
        index >= 2 && IsConsonant(index) && !IsConsonant(index - 1) && IsConsonant(index - 2)
        && _word[index] is not ('w' or 'x' or 'y');

    private bool Ends(ReadOnlySpan<char> suffix)
    {
        if (!_word[..(_end + 1)].EndsWith(suffix))
        {
            return false;
        }

        _stem = _end - suffix.Length;
        return true;
    }

    private void SetTo(ReadOnlySpan<char> suffix)
    {
        suffix.CopyTo(_word[(_stem + 1)..]);
        _end = _stem + suffix.Length;
    }

    // Step 1a and 1b.
    private void Plurals()
    {
        if (_word[_end] == 's')
        {
            if (Ends("sses"))
            {
                _end -= 2;
            }
            else if (Ends("ies"))
            {
                SetTo("i");
            }
            else if (_word[_end - 1] != 's')
            {
                _end--;
            }
        }

        if (Ends("eed"))
        {
            if (Measure() > 0)
            {
                _end--;
            }
        }
        else if ((Ends("ed") || Ends("ing")) && StemHasVowel())
        {
            _end = _stem;
            AfterPast();
        }
    }

    private void AfterPast()
    {
        if (Ends("at") || Ends("bl") || Ends("iz"))
        {
            _end++;
            _word[_end] = 'e';
        }
        else if (EndsInDouble(_end))
        {
            if (_word[_end] is not ('l' or 's' or 'z'))
            {
                _end--;
            }
        }
        else
        {
            _stem = _end;
            if (Measure() == 1 && IsShort(_end))
            {
                SetTo("e");
            }
        }
    }

    // Step 1c.
    private void FinalY()
    {
        if (Ends("y") && StemHasVowel())
        {
            _word[_end] = 'i';
        }
    }

    private void Replace((string Suffix, string With)[] suffixes, int above)
    {
        foreach (var (suffix, with) in suffixes)
        {
            if (Ends(suffix))
            {
                if (Measure() > above)
                {
                    SetTo(with);
                }

                return;
            }
        }
    }

    // Step 4.
    private void Remove()
    {
        foreach (var suffix in Removed)
        {
            if (Ends(suffix) && (suffix != "ion" || (_stem >= 0 && _word[_stem] is 's' or 't')))
            {
                if (Measure() > 1)
                {
                    _end = _stem;
                }

                return;
            }
        }
    }

    // Step 5.
    private void Tidy()
    {
        _stem = _end;
        if (_word[_end] == 'e')
        {
            var measure = Measure();
            if (measure > 1 || (measure == 1 && !IsShort(_end - 1)))
            {
                _end--;
            }
        }

        _stem = _end;
        if (_word[_end] == 'l' && EndsInDouble(_end) && Measure() > 1)
        {
            _end--;
        }
    }
}
