using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>What a chat model is sent: rules, the last turns, passages with the question; as much of it as the context holds.</summary>
/// <param name="Messages">The prompt.</param>
/// <param name="Options">Length of the reply, and the texts that it may quote.</param>
/// <param name="Passages">Those in the prompt, in its order.</param>
/// <param name="Sources">The chunks that it may quote, in the order of the lock's texts: the passages and what stands around the best of them.</param>
internal sealed record ChatPrompt(
    IReadOnlyList<ChatMessage> Messages, ChatOptions Options, IReadOnlyList<Passage> Passages, IReadOnlyList<Chunk> Sources)
{
    // So many of the best are shown with their section: each costs the reading of some hundred tokens more.
    private const int MostSections = 2;

    private const int MostTurns = 4;
    private const int LongestReply = 512;

    // A small context gives the reply this share of it.
    private const int ReplyShare = 4;

    // A remote server that does not say what it holds is trusted with this much.
    private const int AssumedContext = 4096;

    /// <summary>Where not all fits, the oldest turns go first but for the last one, then sections, then the worst passages, then the last turn.</summary>
    /// <exception cref="PromptTooLongException">The rules, the question and the best passage do not fit.</exception>
    public static ChatPrompt Of(DomainProfile profile, Question question, IReadOnlyList<Passage> passages, TokenMeter meter, ChatModelInfo model)
    {
        var context = model.ContextTokens ?? AssumedContext;
        var reply = Math.Min(LongestReply, context / ReplyShare);
        var turns = question.Earlier.TakeLast(MostTurns).ToList();
        var kept = passages.Count;
        var sections = passages.Take(MostSections).Count(x => x.Section.Count > 0);
        while (true)
        {
            var shown = passages.Take(kept).ToList();
            var blocks = PromptBlock.Of(shown, sections);
            var messages = MessagesOf(profile, turns, blocks, question.Text);
            var needed = meter.Count(messages);
            if (needed <= context - reply)
            {
                IReadOnlyList<Chunk> sources = [.. blocks.SelectMany(x => x.Chunks)];
                return new ChatPrompt(messages, OptionsOf(sources, reply), shown, sources);
            }

            if (turns.Count > 1 || (kept == 1 && turns.Count == 1))
            {
                turns.RemoveAt(0);
            }
            else if (sections > 0)
            {
                sections--;
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

    private static List<ChatMessage> MessagesOf(DomainProfile profile, IReadOnlyList<Turn> turns, IReadOnlyList<PromptBlock> blocks, string question)
    {
        var messages = new List<ChatMessage> { new(ChatRole.System, ChatRules.Of(profile)) };
        foreach (var turn in turns)
        {
            messages.Add(new ChatMessage(ChatRole.User, turn.Question));
            messages.Add(new ChatMessage(ChatRole.Assistant, turn.Answer is { } answer ? QuoteMarks.ToLock(answer) : ChatRules.NoAnswer));
        }

        messages.Add(new ChatMessage(ChatRole.User, Ask(blocks, question)));
        return messages;
    }

    private static string Ask(IReadOnlyList<PromptBlock> blocks, string question)
    {
        var text = new StringBuilder("Passages:\n");
        foreach (var (index, block) in blocks.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{index + 1}] {block.Path}\n{block.Text}\n");
        }

        return text.Append("\nQuestion: ").Append(question.Trim()).ToString();
    }

    // The likeliest words: the same question gets the same answer.
    private static ChatOptions OptionsOf(IReadOnlyList<Chunk> sources, int reply) => new()
    {
        MaxOutputTokens = reply,
        Temperature = 0,
        AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [SharedInstructions.Key] = true,
            [QuoteLock.Key] = new QuoteLock([.. sources.Select(chunk => chunk.Text)]),
        },
    };
}
