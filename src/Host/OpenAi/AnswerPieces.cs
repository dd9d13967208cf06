using System.Runtime.CompilerServices;
using Tessera.Host.Answers;

namespace Tessera.Host.OpenAi;

/// <summary>A domain's answer as pieces of a completion.</summary>
internal static class AnswerPieces
{
    public static async IAsyncEnumerable<CompletionPiece> ReadAsync(IAsyncEnumerable<AnswerStep> steps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case AnswerStep.Delta delta:
                    yield return new CompletionPiece.Text(delta.Text);
                    break;
                case AnswerStep.Completed completed:
                    yield return End(completed.Answer);
                    break;
                case AnswerStep.Refused refused:
                    yield return End(refused.Answer);
                    break;
            }
        }
    }

    private static CompletionPiece.End End(AnswerView answer) => new("stop", answer.Receipt.TokensIn, answer.Receipt.TokensOut, answer, Warning: null);
}
