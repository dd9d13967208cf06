using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>What a chat model is sent: rules, the last turns, passages with the question; as much of it as the context holds.</summary>
/// <param name="Messages">The prompt.</param>
/// <param name="Options">Length of the reply, and the texts that it may quote.</param>
/// <param name="Passages">Those in the prompt, in its order.</param>
internal sealed record ChatPrompt(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, IReadOnlyList<Passage> Passages)
{
    private const int MostTurns = 4;
    private const int LongestReply = 512;

    // A small context gives the reply this share of it.
    private const int ReplyShare = 4;

    // A remote server that does not say what it holds is trusted with this much.
    private const int AssumedContext = 4096;

    /// <summary>Where not all fits, the oldest turns go first but for the last one, then the worst passages, then the last turn.</summary>
    /// <exception cref="PromptTooLongException">The rules, the question and the best passage do not fit.</exception>
    public static ChatPrompt Of(DomainProfile profile, Question question, IReadOnlyList<Passage> passages, TokenMeter meter, ChatModelInfo model)
    {
        var context = model.ContextTokens ?? AssumedContext;
        var reply = Math.Min(LongestReply, context / ReplyShare);
        var turns = question.Earlier.TakeLast(MostTurns).ToList();
        var kept = passages.Count;
        while (true)
        {
            var shown = passages.Take(kept).ToList();
            var messages = MessagesOf(profile, turns, shown, question.Text);
            var needed = meter.Count(messages);
            if (needed <= context - reply)
            {
                return new ChatPrompt(messages, OptionsOf(shown, reply), shown);
            }

            if (turns.Count > 1 || (kept == 1 && turns.Count == 1))
            {
                turns.RemoveAt(0);
            }
            else if (kept > 1)
            {
                kept--;
            }
            else
            {
                throw new PromptTooLongException(model.Name, needed, context - reply);
            }
        }
    }

    private static List<ChatMessage> MessagesOf(DomainProfile profile, IReadOnlyList<Turn> turns, IReadOnlyList<Passage> passages, string question)
    {
        var messages = new List<ChatMessage> { new(ChatRole.System, ChatRules.Of(profile)) };
        foreach (var turn in turns)
        {
            messages.Add(new ChatMessage(ChatRole.User, turn.Question));
            messages.Add(new ChatMessage(ChatRole.Assistant, turn.Answer is { } answer ? QuoteMarks.ToLock(answer) : ChatRules.NoAnswer));
        }

        messages.Add(new ChatMessage(ChatRole.User, Ask(passages, question)));
        return messages;
    }

    private static string Ask(IReadOnlyList<Passage> passages, string question)
    {
        var text = new StringBuilder("Passages:\n");
        foreach (var (index, passage) in passages.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{index + 1}] {passage.Chunk.Path}\n{passage.Chunk.Text}\n");
        }

        return text.Append("\nQuestion: ").Append(question.Trim()).ToString();
    }

    // The likeliest words: the same question gets the same answer.
    private static ChatOptions OptionsOf(IReadOnlyList<Passage> passages, int reply) => new()
    {
        MaxOutputTokens = reply,
        Temperature = 0,
        AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [SharedInstructions.Key] = true,
            [QuoteLock.Key] = new QuoteLock([.. passages.Select(passage => passage.Chunk.Text)]),
        },
    };
}
