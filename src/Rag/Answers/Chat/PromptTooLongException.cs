namespace Tessera.Rag.Answers.Chat;

/// <summary>The chat model's context does not hold the rules, the question and even one passage.</summary>
/// <param name="model">Name of the model.</param>
/// <param name="needed">Tokens that the shortest such prompt takes.</param>
/// <param name="available">Tokens that the model's context leaves for a prompt.</param>
public sealed class PromptTooLongException(string model, int needed, int available) : Exception(
    $"The question and one passage take {needed} tokens, and '{model}' has {available} left for them. "
    + "Ask in fewer words, or have the administrator choose a model with a longer context.")
{
    /// <summary>Tokens that the shortest such prompt takes.</summary>
    public int Needed { get; } = needed;

    /// <summary>Tokens that the model's context leaves for a prompt.</summary>
    public int Available { get; } = available;
}
