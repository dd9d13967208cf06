using Tessera.Sdk;

namespace Tessera.Unit.Rag.Answers.Chat;

/// <summary>What holds of every stream of an answer, whoever writes it.</summary>
internal static class AnswerContract
{
    public static void Check(IReadOnlyList<AnswerEvent> events)
    {
        var whole = events[^1] switch
        {
            AnswerEvent.Completed completed => completed.Answer,
            AnswerEvent.Refused refused => refused.Answer,
            var other => throw new InvalidOperationException($"{other} is no end."),
        };
        Assert.Single(events, step => step is AnswerEvent.Completed or AnswerEvent.Refused);
        Assert.Equal(whole.Text, string.Concat(events.OfType<AnswerEvent.TextDelta>().Select(delta => delta.Text)));
        Assert.DoesNotContain(events.OfType<AnswerEvent.TextDelta>(), delta => delta.Text.Length == 0);
        var sentences = events.OfType<AnswerEvent.SentenceChecked>().ToList();
        Assert.Equal(whole.Sentences, sentences.Select(step => step.Sentence));
        Assert.Equal(Enumerable.Range(0, sentences.Count), sentences.Select(step => step.Index));
        Assert.All(sentences, step => Assert.Equal(step.Sentence.Citations.Select(index => whole.Citations[index]), step.Citations));
        Assert.All(whole.Sentences, sentence => Assert.Equal(whole.Text[sentence.Start..sentence.End], sentence.Text));
        Assert.All(whole.Sentences.Zip(whole.Sentences.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.All(whole.Citations, citation => Assert.Contains($"“{citation.Quote}”", whole.Text, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, whole.Citations.Count), whole.Sentences.SelectMany(sentence => sentence.Citations).Distinct().Order());
        var covered = new bool[whole.Text.Length];
        foreach (var sentence in whole.Sentences)
        {
            covered.AsSpan(sentence.Start, sentence.End - sentence.Start).Fill(true);
        }

        Assert.True(whole.Status == AnswerStatus.Refused || whole.Text.Index().All(x => covered[x.Index] || char.IsWhiteSpace(x.Item)));
    }
}
