using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>llama.cpp's functions on a vocabulary. Thread-safe by its own word.</summary>
internal static unsafe partial class VocabularyApi
{
    private const string Lib = NativeRelease.Llama;

    [LibraryImport(Lib)]
    internal static partial int llama_vocab_n_tokens(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial byte llama_vocab_is_eog(nint vocabulary, int token);

    [LibraryImport(Lib)]
    internal static partial byte llama_vocab_is_control(nint vocabulary, int token);

    [LibraryImport(Lib)]
    internal static partial int llama_vocab_get_attr(nint vocabulary, int token);

    [LibraryImport(Lib)]
    internal static partial byte* llama_vocab_get_text(nint vocabulary, int token);

    [LibraryImport(Lib)]
    internal static partial int llama_vocab_bos(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial int llama_vocab_eos(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial int llama_vocab_sep(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial byte llama_vocab_get_add_bos(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial byte llama_vocab_get_add_eos(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial byte llama_vocab_get_add_sep(nint vocabulary);

    [LibraryImport(Lib)]
    internal static partial int llama_tokenize(
        nint vocabulary, byte* text, int length, int* tokens, int room, byte addSpecial, byte parseSpecial);

    [LibraryImport(Lib)]
    internal static partial int llama_token_to_piece(nint vocabulary, int token, byte* buffer, int room, int leftStrip, byte special);
}
