using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Answers;
using Tessera.Host.Data;
using Tessera.Host.Tenants;
using Tessera.Rag.Answers;

namespace Tessera.Host.Conversations;

/// <summary>Reads what was said before, and writes down what is said now.</summary>
internal sealed class ConversationTurns(TenantDbContext rows, ConversationDoor door, CurrentTenant tenant, TimeProvider time)
{
    /// <summary>Turns that a conversation has at most.</summary>
    public const int Most = 100;

    public const string FullText = "This conversation is full. Begin a new one.";

    // As many as an answer is written with.
    private const int Last = 4;

    public async Task<bool> IsFullAsync(Guid conversation, CancellationToken cancellationToken) =>
        await rows.Turns.CountAsync(row => row.ConversationId == conversation, cancellationToken) >= Most;

    /// <summary>The last turns, oldest first.</summary>
    public async Task<IReadOnlyList<Turn>> LastAsync(Guid conversation, CancellationToken cancellationToken)
    {
        var last = await rows.Turns.AsNoTracking().Where(row => row.ConversationId == conversation)
            .OrderByDescending(row => row.Id).Take(Last).ToListAsync(cancellationToken);
        return [.. Enumerable.Reverse(last).Select(row => (row.Question, Kept: KeptAnswer.Read(row.Answer)))
            .Select(turn => new Turn(turn.Question, turn.Kept.IsRefused ? null : turn.Kept.Answer.Text))];
    }

    /// <summary>Hands the steps on and keeps the turn once they have ended, before the end is handed on. An answer cut short leaves no turn.</summary>
    public async IAsyncEnumerable<AnswerStep> KeepAsync(
        IAsyncEnumerable<AnswerStep> steps, Conversation conversation, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = new List<SentenceFailure>();
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            if (step is AnswerStep.Sentence { Passed: false } failed)
            {
                failures.Add(new SentenceFailure(failed.Index, failed.Reason ?? ""));
            }

            if (step is AnswerStep.Completed completed)
            {
                await AddAsync(conversation, question, new KeptAnswer(completed.Answer, failures), cancellationToken);
            }
            else if (step is AnswerStep.Refused refused)
            {
                await AddAsync(conversation, question, new KeptAnswer(refused.Answer, []), cancellationToken);
            }

            yield return step;
        }
    }

    private async Task AddAsync(Conversation asked, string question, KeptAnswer answer, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await door.All(asked.Domain).AsNoTracking().FirstOrDefaultAsync(row => row.Id == asked.Id, cancellationToken) is not { } now)
        {
            // Deleted while it was answered: it stays so.
            return;
        }

        var moment = time.GetUtcNow();
        var title = now.Title.Length > 0 ? now.Title : ConversationTitle.Of(question);
        await door.All(asked.Domain).Where(row => row.Id == asked.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.Title, title).SetProperty(x => x.UpdatedAt, moment), cancellationToken);
        rows.Turns.Add(new ConversationTurn
        {
            Id = Guid.CreateVersion7(moment), TenantId = tenant.Id, ConversationId = asked.Id, Question = question, Answer = answer.Write(), CreatedAt = moment,
        });
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
