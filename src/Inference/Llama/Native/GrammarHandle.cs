using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>A grammar at one place of its text. For one request, on the engine's thread.</summary>
internal sealed unsafe class GrammarHandle : ChildHandle
{
    private TokenData* row;

    private int rowLength;

    private GrammarHandle(ModelHandle model, nint sampler)
        : base(model, sampler)
    {
    }

    /// <param name="model">Whose vocabulary the grammar speaks.</param>
    /// <param name="grammar">GBNF of our own making; its root rule is <c>root</c>.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadSchema"/>: the library does not understand it.</exception>
    public static GrammarHandle Create(ModelHandle model, string grammar)
    {
        var sampler = NativeLog.Watch(() => LlamaApi.llama_sampler_init_grammar(model.Vocabulary, grammar, "root"), out var complaint);
        return sampler != 0
            ? new GrammarHandle(model, sampler)
            : throw new ModelException(ModelFault.BadSchema, $"The grammar of the reply is not understood: {complaint ?? "no reason is given"}.");
    }

    /// <summary>Whether the token may come next.</summary>
    public bool Allows(int token)
    {
        var candidate = new TokenData { Id = token, Logit = 1 };
        var candidates = new TokenDataArray { Data = (nint)(&candidate), Size = 1, Selected = -1 };
        LlamaApi.llama_sampler_apply(handle, &candidates);
        return !float.IsNegativeInfinity(candidate.Logit);
    }

    /// <summary>Adds those of the tokens that may come next.</summary>
    public void Filter(ReadOnlySpan<int> tokens, List<int> allowed)
    {
        if (rowLength < tokens.Length)
        {
            row = (TokenData*)NativeMemory.Realloc(row, (nuint)tokens.Length * (nuint)sizeof(TokenData));
            rowLength = tokens.Length;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            row[i] = new TokenData { Id = tokens[i], Logit = 1 };
        }

        var candidates = new TokenDataArray { Data = (nint)row, Size = (nuint)tokens.Length, Selected = -1 };
        LlamaApi.llama_sampler_apply(handle, &candidates);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!float.IsNegativeInfinity(row[i].Logit))
            {
                allowed.Add(tokens[i]);
            }
        }
    }

    /// <summary>Steps over a token that is allowed. Never call it with another one: the library ends the process then.</summary>
    public void Accept(int token) => LlamaApi.llama_sampler_accept(handle, token);

    protected override void Free()
    {
        LlamaApi.llama_sampler_free(handle);
        NativeMemory.Free(row);
    }
}
