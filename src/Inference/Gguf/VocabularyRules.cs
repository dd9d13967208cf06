namespace Tessera.Inference.Gguf;

/// <summary>What a vocabulary must hold, so that splitting a text into tokens cannot end the process.</summary>
internal static class VocabularyRules
{
    private static readonly string[] Special =
    [
        "bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id", "unknown_token_id", "seperator_token_id", "padding_token_id", "cls_token_id", "mask_token_id",
    ];

    public static void Check(GgufFile file, Architecture architecture, long count)
    {
        var kind = file.Text("tokenizer.ggml.model");
        Require(kind is "gpt2" or "llama" or "bert" or "t5", "the kind of its vocabulary is not one of gpt2, llama, bert, t5");
        Require(kind != "gpt2" || file.List("tokenizer.ggml.merges") is { OfStrings: true, Count: > 0 }, "its vocabulary has no merges");
        Require(file.List("tokenizer.ggml.token_type") is { OfStrings: false } types && types.Count == count, "the kinds of its tokens are missing, or not as many as its tokens");
        Require(!file.Has("tokenizer.ggml.scores") || file.List("tokenizer.ggml.scores")?.Count == count, "the scores of its tokens are not as many as its tokens");
        Require(kind is not ("llama" or "t5") || file.Has("tokenizer.ggml.scores"), "the scores of its tokens are missing");
        foreach (var key in Special.Select(name => $"tokenizer.ggml.{name}").Where(file.Has))
        {
            // -1 and its unsigned twin say that there is none.
            Require(file.Number(key) is { } id && ((id >= 0 && id < count) || id is -1 or uint.MaxValue), $"the key '{key}' names no token");
        }

        if (kind == "bert")
        {
            // Without these two the engine ends the process as soon as it reads a text.
            Require(file.Number("tokenizer.ggml.bos_token_id") is { } begin && begin < count, "its vocabulary names no token that begins a text");
            Require(file.Number("tokenizer.ggml.seperator_token_id") is { } separator && separator < count, "its vocabulary names no token that separates texts");
        }

        Require(!architecture.IsEncoder || file.Number("tokenizer.ggml.token_type_count") is >= 1 and <= 1024, "it does not say how many kinds of tokens it has");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ModelException(ModelFault.BadFile, $"The file is no model that can be run: {problem}.");
        }
    }
}
