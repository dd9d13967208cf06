using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Tessera.Inference.Llama.Native;

/// <summary>The vocabulary of a loaded model, valid while the model's handle is. Safe for concurrent use.</summary>
internal sealed unsafe class VocabularyHandle(ModelHandle model)
{
    private const int UserDefined = 1 << 4;

    private readonly nint vocabulary = model.Vocabulary;

    public int Count { get; } = VocabularyApi.llama_vocab_n_tokens(model.Vocabulary);

    /// <summary>The token that begins a text; -1 where there is none.</summary>
    public int Begin => VocabularyApi.llama_vocab_bos(vocabulary);

    /// <summary>The token that ends a text; -1 where there is none.</summary>
    public int End => VocabularyApi.llama_vocab_eos(vocabulary);

    /// <summary>The token that stands between two texts; -1 where there is none.</summary>
    public int Separator => VocabularyApi.llama_vocab_sep(vocabulary);

    public bool AddsBegin => VocabularyApi.llama_vocab_get_add_bos(vocabulary) != 0;

    public bool AddsEnd => VocabularyApi.llama_vocab_get_add_eos(vocabulary) != 0;

    public bool AddsSeparator => VocabularyApi.llama_vocab_get_add_sep(vocabulary) != 0;

    public bool IsEnd(int token) => VocabularyApi.llama_vocab_is_eog(vocabulary, token) != 0;

    public bool IsControl(int token) => VocabularyApi.llama_vocab_is_control(vocabulary, token) != 0;

    /// <summary>Whether the token's name in a text becomes the token even where no control tokens are asked for.</summary>
    public bool IsUserDefined(int token) => (VocabularyApi.llama_vocab_get_attr(vocabulary, token) & UserDefined) != 0;

    /// <summary>The token's name.</summary>
    public string Text(int token) => Marshal.PtrToStringUTF8((nint)VocabularyApi.llama_vocab_get_text(vocabulary, token)) ?? "";

    /// <summary>A text's tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecial">True: the model's own beginning and end stand around it.</param>
    /// <param name="parseSpecial">True: names of control tokens in the text become those tokens. Never for text of people or documents.</param>
    public int[] Tokenize(string text, bool addSpecial, bool parseSpecial)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = ArrayPool<int>.Shared.Rent(bytes.Length + 8);
        try
        {
            fixed (byte* start = bytes)
            fixed (int* room = tokens)
            {
                var count = VocabularyApi.llama_tokenize(
                    vocabulary, start, bytes.Length, room, tokens.Length, addSpecial ? (byte)1 : (byte)0, parseSpecial ? (byte)1 : (byte)0);
                return count >= 0
                    ? tokens.AsSpan(0, count).ToArray()
                    : throw new ModelException(ModelFault.Failed, "The engine could not split a text into tokens.");
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(tokens);
        }
    }

    /// <summary>The bytes that a token stands for; empty for control tokens unless their names are wanted. May be half a character.</summary>
    public byte[] Piece(int token, bool controlNames = false)
    {
        Span<byte> buffer = stackalloc byte[256];
        var special = controlNames ? (byte)1 : (byte)0;
        fixed (byte* start = buffer)
        {
            var length = VocabularyApi.llama_token_to_piece(vocabulary, token, start, buffer.Length, 0, special);
            if (length >= 0)
            {
                return buffer[..length].ToArray();
            }

            var large = new byte[-length];
            fixed (byte* room = large)
            {
                length = VocabularyApi.llama_token_to_piece(vocabulary, token, room, large.Length, 0, special);
                return length == large.Length ? large : large[..Math.Max(0, length)];
            }
        }
    }
}
