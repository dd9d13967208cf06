using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Engine;
using Tessera.Inference.Llama.Native;
using Tessera.Inference.Templates;
using Tessera.Inference.Tools;

namespace Tessera.Inference.Llama.Loading;

/// <summary>A chat model in memory: weights once, its engine, its template, the adapters that were asked for.</summary>
internal sealed class LoadedChat : LoadedModel
{
    private readonly ConcurrentDictionary<string, Lazy<Task<AdapterHandle>>> adapters = new(StringComparer.Ordinal);
    private readonly Lazy<TokenTrie> trie;

    private LoadedChat(ModelFile file, ModelCard card, ModelHandle weights, TextEngine engine, TimeProvider clock)
        : base(file, weights, ChatFit.Bytes(card, engine.Shape))
    {
        Engine = engine;
        Vocabulary = new VocabularyHandle(weights);
        Tokenizer = new PromptTokenizer(Vocabulary);
        Template = card.ChatTemplate is { Length: > 0 } source
            ? ChatTemplate.Parse(source, Name(Vocabulary.Begin), Name(Vocabulary.End), clock)
            : ChatTemplate.None;
        Tokens = TokenBytes.Read(Vocabulary.Count, token => Vocabulary.Piece(token), Vocabulary.IsEnd);
        ToolCalls = ToolCallSyntax.Of(card.ChatTemplate);
        trie = new Lazy<TokenTrie>(() => new TokenTrie(Tokens));
    }

    public TextEngine Engine { get; }

    public VocabularyHandle Vocabulary { get; }

    public PromptTokenizer Tokenizer { get; }

    public ChatTemplate Template { get; }

    public TokenBytes Tokens { get; }

    /// <summary>How this model writes calls of tools.</summary>
    public ToolCallSyntax ToolCalls { get; }

    /// <summary>Made when the first reply is held to something.</summary>
    public TokenTrie Trie => trie.Value;

    public static LoadedChat Load(ModelFile file, ModelCard card, EngineShape shape, TimeProvider clock, ILogger logger)
    {
        var weights = ModelHandle.Load(file.Path, LoadMode.Read);
        TextEngine? engine = null;
        try
        {
            engine = new TextEngine(weights, shape, clock, logger);
            return new LoadedChat(file, card, weights, engine, clock);
        }
        catch
        {
            engine?.Dispose();
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The adapter, loaded once for as long as the model is loaded.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.WrongAdapter"/>.</exception>
    public async Task<AdapterHandle> AdapterAsync(AdapterFile file)
    {
        var loading = adapters.GetOrAdd(file.Sha256, _ => new Lazy<Task<AdapterHandle>>(
            () => Engine.BetweenStepsAsync(() => AdapterHandle.Load(Weights, file.Path))));
        try
        {
            return await loading.Value.ConfigureAwait(false);
        }
        catch
        {
            adapters.TryRemove(file.Sha256, out _);
            throw;
        }
    }

    /// <summary>A grammar at the start of its text.</summary>
    public GrammarConstraint Constrain(string grammar) => new(GrammarHandle.Create(Weights, grammar), Trie, Vocabulary.IsEnd);

    protected override void StopEngine()
    {
        Engine.Dispose();
        foreach (var adapter in adapters.Values.Where(adapter => adapter is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            adapter.Value.GetAwaiter().GetResult().Dispose();
        }
    }

    private string? Name(int token) => token < 0 ? null : Vocabulary.Text(token);
}
